//! `from`: what a write says of the answers that its body can be made from, and what makes it of them.

use crate::model::generic_of;
use crate::typescript::of;
use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::ParseStream;
use syn::{Ident, LitStr, Token, Type};

/// `from(Thing = "things.get", Other = "things.create", "their_name>name")`.
pub struct MadeFrom {
    word: Ident,
    /// The models of the answers, and the endpoints that give them, or lists of them.
    answers: Vec<(Ident, LitStr)>,
    /// What stands in another place there.
    moves: Vec<LitStr>,
}

impl MadeFrom {
    /// What stands behind the word.
    pub fn parse(input: ParseStream<'_>, word: Ident) -> syn::Result<Self> {
        let content;
        syn::parenthesized!(content in input);
        let (mut answers, mut moves) = (Vec::new(), Vec::new());
        while !content.is_empty() {
            if content.peek(LitStr) {
                let text: LitStr = content.parse()?;
                if text.value().contains([' ', ';', ',', '\n']) {
                    return Err(syn::Error::new_spanned(text, "a move is `there>here`, without spaces, or names with `|` between them"));
                }
                moves.push(text);
            } else {
                let model = content.parse()?;
                content.parse::<Token![=]>()?;
                answers.push((model, content.parse()?));
            }
            if content.parse::<Option<Token![,]>>()?.is_none() && !content.is_empty() {
                return Err(content.error("expected a comma"));
            }
        }
        let from = MadeFrom { word, answers, moves };
        if from.answers.is_empty() { Err(from.wrong("`from` names the answers: from(Thing = \"things.get\")")) } else { Ok(from) }
    }

    pub fn wrong(&self, words: &str) -> syn::Error {
        syn::Error::new_spanned(&self.word, words)
    }

    /// As the table has it: endpoints, and each move behind a semicolon.
    pub fn text(&self) -> String {
        let mut text = self.answers.iter().map(|(_, id)| id.value()).collect::<Vec<_>>().join(",");
        for one in &self.moves {
            text.push(';');
            text.push_str(&one.value());
        }
        text
    }

    /// What lets Rust users make the body, or an item of it, of each of these answers.
    pub fn implementation(&self, group: &Ident, index: usize, body: &Type) -> TokenStream {
        let made = item_of(body);
        let answers = self.answers.iter().map(|(model, _)| model);
        quote! {
            #(impl crate::request::writable::WritableFrom<#answers> for #made {
                fn endpoint() -> &'static crate::schema::endpoint::Endpoint {
                    &#group::rows()[#index]
                }
            })*
        }
    }

    /// The line of TypeScript that says what goes in and what comes out.
    pub fn typescript(&self, id: &str, body: &Type) -> syn::Result<String> {
        let answers = self.answers.iter().map(|(model, _)| model.to_string()).collect::<Vec<_>>().join(" | ");
        let made = of(item_of(body))?;
        let list = matches!(body, Type::Slice(_));
        let (answer, made) = if list { (format!("readonly ({answers})[]"), format!("{made}[]")) } else { (answers, made) };
        Ok(format!("  {id:?}: {{ answer: {answer}; body: {made} }};\n"))
    }
}

/// The model of a body, or of its items.
fn item_of(body: &Type) -> &Type {
    match body {
        Type::Slice(list) => &list.elem,
        _ => generic_of(body, "JsonOrEszip").unwrap_or(body),
    }
}
