//! An endpoint as a row of data: what `#[endpoints]` makes of a method's signature.

use crate::schema::{Packed, Type, take_until};

/// A method of HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Reads.
    Get,
    /// Creates, or starts something.
    Post,
    /// Creates or replaces.
    Put,
    /// Changes.
    Patch,
    /// Deletes.
    Delete,
    /// Reads the headers alone.
    Head,
}

impl Verb {
    pub(crate) const ALL: [Verb; 6] = [Verb::Get, Verb::Post, Verb::Put, Verb::Patch, Verb::Delete, Verb::Head];

    /// The name in a request line.
    pub fn as_str(self) -> &'static str {
        match self {
            Verb::Get => "GET",
            Verb::Post => "POST",
            Verb::Put => "PUT",
            Verb::Patch => "PATCH",
            Verb::Delete => "DELETE",
            Verb::Head => "HEAD",
        }
    }
}

/// The endpoints of a property of the client, or of several, packed.
pub(crate) struct Table {
    /// A line for each endpoint: name, verb, route, scope and permissions, and which answers its body can be made from.
    pub(crate) text: &'static str,
    /// For each endpoint two bytes of kinds and flags, its own limits, then the types of placeholders, query, body and answer.
    pub(crate) types: Packed,
}

/// What the first two bytes of an endpoint in [`Table::types`] say.
#[rustfmt::skip]
pub(crate) mod row {
    // Kinds of body.
    pub(crate) const NONE: u8 = 0;
    pub(crate) const JSON: u8 = 1;
    pub(crate) const JSON_OR_ESZIP: u8 = 2;
    pub(crate) const FORM: u8 = 3;
    pub(crate) const MULTIPART: u8 = 4;
    pub(crate) const KIND: u8 = 7;
    // Flags beside them.
    pub(crate) const QUERY: u8 = 8;
    pub(crate) const KEYED: u8 = 16;
    pub(crate) const ANONYMOUS: u8 = 32;
    pub(crate) const UNSAFE: u8 = 64;
    pub(crate) const RATED: u8 = 128;
    // Kinds of answer besides JSON.
    pub(crate) const NOTHING: u8 = 0;
    pub(crate) const TEXT: u8 = 2;
    pub(crate) const BYTES: u8 = 3;
    pub(crate) const ROWS: u8 = 4;
    pub(crate) const COUNT: u8 = 5;
    pub(crate) const URL: u8 = 6;
    pub(crate) const JSON_OR_ERROR: u8 = 7;
    // How a list goes on, beside the kind of answer.
    pub(crate) const OFFSET: u8 = 8;
    pub(crate) const CURSOR: u8 = 16;
    pub(crate) const LINKS: u8 = 24;
    /// In place of a placeholder's type: the one that its name has.
    pub(crate) const BY_NAME: super::Packed = super::Packed { names: &[], shape: &[31] };
}

impl Table {
    /// The rows. What they take is never given back: each table is unpacked once.
    pub(crate) fn unpack(&self) -> &'static [Endpoint] {
        let (mut text, mut types) = (self.text.as_bytes(), self.types);
        let mut rows = Vec::new();
        while !text.is_empty() {
            let mut word = |end| word_until(end, &mut text);
            let (id, verb, route, needs, from) = (word(b' '), word(b' '), word(b' '), word(b' '), word(b'\n'));
            rows.push(Endpoint { from, ..Endpoint::unpack(id, verb, route, needs, &mut types) });
        }
        // The answers that a body is made from are those of the same property of the client.
        for at in 0..rows.len() {
            let answers: Vec<_> = rows[at].reads().filter_map(|id| rows.iter().find(|row| row.id == id)?.answer_type()).map(Type::or_item).collect();
            rows[at].answers = answers.leak();
        }
        rows.leak()
    }
}

/// A word of the table's text. It was cut out of a text between ASCII characters: that it is UTF-8 never fails.
fn word_until(end: u8, text: &mut &'static [u8]) -> &'static str {
    std::str::from_utf8(take_until(end, text)).unwrap_or_default()
}

/// One endpoint of the API.
#[derive(Debug)]
pub struct Endpoint {
    /// Property and method of the client: `projects.get`, or `v2.branches.create`.
    pub id: &'static str,
    /// Its method.
    pub verb: Verb,
    /// Its path as the API writes it: `/v1/projects/{ref}`.
    pub route: &'static str,
    /// The placeholders of the route, in order.
    pub placeholders: &'static [Placeholder],
    /// The model of the query.
    pub query: Option<Type>,
    /// What goes into the body.
    pub body: Body,
    /// What comes back.
    pub answer: Answer,
    /// Whether sending it twice does no harm.
    pub repeat: Repeat,
    /// Whether it takes the header `Idempotency-Key`, which makes repeating it safe.
    pub keyed: bool,
    /// Whether it never carries the access token.
    pub anonymous: bool,
    /// Whether an answer of 2xx can carry an `error`, which is then the error of the call.
    pub error_inside: bool,
    /// Whether the answer is a page of a list, and what leads to the next one.
    pub paging: Paging,
    /// Documented limits for one project that are below the usual one.
    pub rates: &'static [Rate],
    /// Which answers its body can be made from, and how: endpoints, and behind a semicolon what stands in another place there.
    pub(crate) from: &'static str,
    /// The models of these answers, or of the items of those that are lists.
    pub(crate) answers: &'static [Type],
    /// Scope and permissions as one text: see [`Endpoint::scope`] and [`Endpoint::permissions`].
    pub(crate) needs: &'static str,
}

/// A limit of how often an endpoint may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many calls.
    pub calls: u8,
    /// In how many seconds.
    pub seconds: u8,
}

/// A placeholder of a route.
#[derive(Debug)]
pub struct Placeholder {
    /// Its name, as the API writes it.
    pub name: &'static str,
    /// What its value must be.
    pub ty: Type,
}

/// What goes into the body of a request.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Body {
    /// Nothing.
    None,
    /// JSON of a model.
    Json(Type),
    /// JSON of a model, or the bytes of an eszip bundle.
    JsonOrEszip(Type),
    /// A form, its fields as a URL has them.
    Form(Type),
    /// A form of several parts: `metadata`, and any number of files.
    Multipart(Type),
    /// JSON or nothing, for calls without a row of their own.
    Free,
}

/// What comes back from an endpoint.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Answer {
    /// Nothing; what a server sends all the same is ignored.
    Nothing,
    /// JSON of a model.
    Json(Type),
    /// Plain text.
    Text,
    /// Bytes.
    Bytes,
    /// What a query of the database gives: a list of objects.
    Rows,
    /// The number in the header `X-Total-Count`.
    Count,
    /// Nothing is called: the answer is the address itself.
    Url,
    /// Whatever its content type says, for calls without a row of their own.
    Free,
}

/// How a list goes on that the API gives in pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paging {
    /// There are no pages.
    None,
    /// The next page begins at an `offset`: the number of items before it.
    Offset,
    /// The next page begins where the `cursor` says that came with this one.
    Cursor,
    /// The next page is where the path in `links.next` leads that came with this one.
    Links,
}

/// Whether a request may be sent twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// It reads, or comes to the same when it is repeated.
    Safe,
    /// Repeating it could do its work twice.
    Unsafe,
}

/// What the API says of a placeholder wherever it occurs; any other is free text. An argument's own `#[schema]` wins.
fn placeholder_type(name: &str) -> Type {
    use crate::schema::{LETTERS, Pattern, WORD, pack};
    use supabase_management_wasm_macros::pattern;
    const PROJECT_REF: &[u8] =
        crate::packed!(&[pack::TEXT, 20, 0, 0, 0, 20, 0, 0, 0], &pack::short(LETTERS.source.len()), LETTERS.source.as_bytes(), LETTERS.dfa);
    const SLUG: &[u8] =
        crate::packed!(&[pack::TEXT, 1, 0, 0, 0, 255, 255, 255, 255], &pack::short(WORD.source.len()), WORD.source.as_bytes(), WORD.dfa);
    const UUID: &[u8] = {
        const PATTERN: Pattern = pattern!("uuid");
        crate::packed!(&[pack::TEXT, 0, 0, 0, 0, 255, 255, 255, 255], &pack::short(PATTERN.source.len()), PATTERN.source.as_bytes(), PATTERN.dfa)
    };
    const BRANCH: &[u8] = crate::packed!(&[pack::UNION], &pack::long(PROJECT_REF.len()), PROJECT_REF, &pack::long(UUID.len()), UUID);
    match name {
        "ref" => Type(PROJECT_REF),
        "slug" | "function_slug" => Type(SLUG),
        "branch_id_or_ref" => Type(BRANCH),
        _ => Type::STRING,
    }
}

impl Endpoint {
    /// The row of `Client::request`, whose calls bring their own verb and path.
    pub(crate) const UNLISTED: &'static Endpoint = &Endpoint {
        id: "request",
        verb: Verb::Get,
        route: "",
        placeholders: &[],
        query: None,
        body: Body::Free,
        answer: Answer::Free,
        repeat: Repeat::Unsafe,
        keyed: false,
        anonymous: false,
        error_inside: false,
        rates: &[],
        from: "",
        answers: &[],
        needs: "",
        paging: Paging::None,
    };

    fn unpack(id: &'static str, verb: &str, route: &'static str, needs: &'static str, types: &mut Packed) -> Self {
        let (kind, result) = (types.byte(), types.byte());
        let mut rates = Vec::new();
        if kind & row::RATED != 0 {
            for _ in 0..types.byte() {
                rates.push(Rate { calls: types.byte(), seconds: types.byte() });
            }
        }
        let mut placeholders = Vec::new();
        let mut rest = route.as_bytes();
        loop {
            take_until(b'{', &mut rest);
            if rest.is_empty() {
                break;
            }
            let name = word_until(b'}', &mut rest);
            let own = types.inner();
            placeholders.push(Placeholder { name, ty: if own.0 == row::BY_NAME.shape { placeholder_type(name) } else { own } });
        }
        let query = if kind & row::QUERY == 0 { None } else { Some(types.inner()) };
        let body = match kind & row::KIND {
            row::JSON => Body::Json(types.inner()),
            row::JSON_OR_ESZIP => Body::JsonOrEszip(types.inner()),
            row::FORM => Body::Form(types.inner()),
            row::MULTIPART => Body::Multipart(types.inner()),
            _ => Body::None,
        };
        let error_inside = result & row::KIND == row::JSON_OR_ERROR;
        let answer = match result & row::KIND {
            row::TEXT => Answer::Text,
            row::BYTES => Answer::Bytes,
            row::ROWS => Answer::Rows,
            row::COUNT => Answer::Count,
            row::URL => Answer::Url,
            row::JSON | row::JSON_OR_ERROR => Answer::Json(types.inner()),
            _ => Answer::Nothing,
        };
        Endpoint {
            id,
            verb: Verb::ALL.into_iter().find(|known| known.as_str() == verb).unwrap_or(Verb::Get),
            route,
            placeholders: placeholders.leak(),
            query,
            body,
            answer,
            repeat: if kind & row::UNSAFE == 0 { Repeat::Safe } else { Repeat::Unsafe },
            keyed: kind & row::KEYED != 0,
            anonymous: kind & row::ANONYMOUS != 0,
            error_inside,
            rates: rates.leak(),
            from: "",
            answers: &[],
            needs,
            paging: match result & !row::KIND {
                row::OFFSET => Paging::Offset,
                row::CURSOR => Paging::Cursor,
                row::LINKS => Paging::Links,
                _ => Paging::None,
            },
        }
    }

    /// The OAuth scope that an app needs, where the API names one.
    pub fn scope(&self) -> Option<&'static str> {
        self.needs.split('|').next().filter(|scope| !scope.is_empty())
    }

    /// The permissions that a fine-grained token needs: all names of any of the lists.
    pub fn permissions(&self) -> Vec<Vec<&'static str>> {
        self.needs.split('|').skip(1).map(|together| together.split('+').collect()).collect()
    }

    /// The endpoints whose answers its body can be made from: see [`writable`](crate::writable).
    pub fn reads(&self) -> impl Iterator<Item = &'static str> {
        self.from.split(';').next().unwrap_or_default().split(',').filter(|id| !id.is_empty())
    }

    /// What of these answers stands in another place than in the body.
    pub(crate) fn moves(&self) -> impl Iterator<Item = &'static str> + Clone {
        self.from.split(';').skip(1)
    }

    /// The model of an answer that is JSON.
    fn answer_type(&self) -> Option<Type> {
        if let Answer::Json(ty) = self.answer { Some(ty) } else { None }
    }

    /// The endpoint that a verb and a path lead to, if it is one of these rows. `/v1/projects/available-regions` is not a project: of two that
    /// fit, the one with fewer placeholders is meant.
    pub(crate) fn find(rows: &'static [Endpoint], verb: Verb, path: &str) -> Option<&'static Endpoint> {
        rows.iter().filter(|row| row.verb == verb && row.leads(path)).min_by_key(|row| row.placeholders.len())
    }

    /// Whether a path is one of this route: the same segments, any in the place of a placeholder.
    fn leads(&self, path: &str) -> bool {
        let (mut given, mut known) = (path.split('/'), self.route.split('/'));
        loop {
            match (given.next(), known.next()) {
                (None, None) => return true,
                (Some(given), Some(known)) if given == known || known.starts_with('{') && !given.is_empty() => {}
                _ => return false,
            }
        }
    }

    /// Whether the call brings its own verb and path.
    pub(crate) fn is_unlisted(&self) -> bool {
        matches!(self.body, Body::Free)
    }

    /// The property of the client that its method belongs to, without the version of the API: `projects`.
    pub(crate) fn group(&self) -> &'static str {
        self.id.rsplit('.').nth(1).unwrap_or_default()
    }

    /// Its method and path, with placeholders: `GET /v1/projects/{ref}`.
    pub(crate) fn verb_and_route(&self) -> String {
        format!("{} {}", self.verb.as_str(), self.route)
    }

    /// The model of a body that is JSON, a form, or the metadata of one.
    pub(crate) fn body_type(&self) -> Option<Type> {
        match self.body {
            Body::Json(ty) | Body::JsonOrEszip(ty) | Body::Form(ty) | Body::Multipart(ty) => Some(ty),
            Body::None | Body::Free => None,
        }
    }
}
