//! Snippets: SQL that users have saved in the editor of the dashboard.

use crate::call::Call;
use crate::schema::Nullable;
use supabase_management_wasm_macros::{endpoints, model};

/// SQL that users have saved.
#[endpoints]
impl Snippets {
    /// Lists the snippets that the user whom the token belongs to can see, a page at a time, without their SQL.
    ///
    /// To go on by hand, send `cursor` of the answer for the next page. The last one has none.
    #[get("/v1/snippets", scope = "database:read", permission = "snippets_read", pages(data: SnippetSummary, cursor))]
    pub fn list(&self, query: &ListSnippetsQuery) -> Call<SnippetList>;

    /// Gets one snippet with its SQL. Answers 406 where there is none.
    #[get("/v1/snippets/{id}", scope = "database:read", permission = "snippets_read")]
    pub fn get(
        &self,
        /// Identifier of the snippet: `id` in [`Snippets::list`].
        #[schema(format = "uuid")]
        id: &str,
    ) -> Call<Snippet>;
}

/// Which snippets to list.
#[model(input)]
#[derive(Default)]
pub struct ListSnippetsQuery {
    /// Ref of the project whose snippets to list. Default: all projects.
    #[schema(min = 20, max = 20, pattern = "^[a-z]+$")]
    pub project_ref: Option<String>,
    /// Where to go on: `cursor` of the page before.
    pub cursor: Option<String>,
    // The description types it as a string with bounds of a number, which no string can have.
    /// How many snippets to answer at most: a number from 1 to 100, in digits, as the text `"50"`. The API documents no default.
    #[schema(pattern = "^([1-9][0-9]?|100)$")]
    pub limit: Option<String>,
    /// What to sort by. The API documents no default.
    pub sort_by: Option<SnippetSort>,
    /// Which way to sort. The API documents no default.
    pub sort_order: Option<SortOrder>,
}

/// What to sort snippets by.
#[model]
pub enum SnippetSort {
    /// Name.
    #[serde(rename = "name")]
    Name,
    /// When they were created.
    #[serde(rename = "inserted_at")]
    InsertedAt,
}

/// Which way to sort.
#[model]
pub enum SortOrder {
    /// Smallest or oldest first.
    #[serde(rename = "asc")]
    Asc,
    /// Largest or newest first.
    #[serde(rename = "desc")]
    Desc,
}

/// A page of snippets.
#[model]
pub struct SnippetList {
    /// The snippets of this page.
    pub data: Vec<SnippetSummary>,
    /// Where the next page begins. Absent on the last one.
    pub cursor: Option<String>,
}

/// A snippet, without its SQL.
#[model]
pub struct SnippetSummary {
    /// Identifier, a UUID.
    pub id: String,
    /// When it was created, ISO 8601.
    pub inserted_at: String,
    /// When it was last changed, ISO 8601.
    pub updated_at: String,
    /// Language that it is written in.
    pub r#type: SnippetType,
    /// Who can see it.
    pub visibility: SnippetVisibility,
    /// Name that people see.
    pub name: String,
    /// What it is for. `null` without a description.
    pub description: Nullable<String>,
    /// Project that it belongs to.
    pub project: SnippetProject,
    /// User who owns it.
    pub owner: SnippetUser,
    /// User who last changed it.
    pub updated_by: SnippetUser,
    /// Whether it is marked as a favorite.
    pub favorite: bool,
}

/// Language of a snippet.
#[model]
pub enum SnippetType {
    /// SQL.
    #[serde(rename = "sql")]
    Sql,
    /// A language that is newer than this crate.
    Other(String),
}

/// Who can see a snippet.
#[model]
pub enum SnippetVisibility {
    /// Its owner.
    #[serde(rename = "user")]
    User,
    /// Who can see the project.
    #[serde(rename = "project")]
    Project,
    /// The members of the organization.
    #[serde(rename = "org")]
    Org,
    /// Everyone.
    #[serde(rename = "public")]
    Public,
    /// A circle that is newer than this crate.
    Other(String),
}

/// The project of a snippet.
#[model]
pub struct SnippetProject {
    /// Number of the project. This is not its ref.
    pub id: f64,
    /// Name of the project.
    pub name: String,
}

/// A user of a snippet.
#[model]
pub struct SnippetUser {
    /// Number of the user.
    pub id: f64,
    /// Name of the user.
    pub username: String,
}

/// A snippet with its SQL.
#[model]
pub struct Snippet {
    /// Identifier, a UUID.
    pub id: String,
    /// When it was created, ISO 8601.
    pub inserted_at: String,
    /// When it was last changed, ISO 8601.
    pub updated_at: String,
    /// Language that it is written in.
    pub r#type: SnippetType,
    /// Who can see it.
    pub visibility: SnippetVisibility,
    /// Name that people see.
    pub name: String,
    /// What it is for. `null` without a description.
    pub description: Nullable<String>,
    /// Project that it belongs to.
    pub project: SnippetProject,
    /// User who owns it.
    pub owner: SnippetUser,
    /// User who last changed it.
    pub updated_by: SnippetUser,
    /// Whether it is marked as a favorite.
    pub favorite: bool,
    /// Its SQL.
    pub content: SnippetContent,
}

/// The SQL of a snippet.
#[model]
pub struct SnippetContent {
    /// Whether it is marked as a favorite.
    #[deprecated = "use `favorite` of the snippet"]
    pub favorite: Option<bool>,
    /// Version of the form that this object has.
    pub schema_version: String,
    /// The SQL text.
    pub sql: String,
}
