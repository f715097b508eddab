//! Notebooks in version 2: text, SQL and searches of logs, cell by cell.

use super::data::{Data, PageLinks};
use crate::call::Call;
use crate::schema::Nullable;
use serde_json::Value;
use supabase_management_wasm_macros::{endpoints, model};

/// Notebooks of a project: text, SQL and searches of logs, cell by cell.
#[endpoints(v2)]
impl Notebooks {
    /// Lists the notebooks of a project, a page at a time, without their cells.
    #[get("/v2/projects/{ref}/notebooks", pages(data: NotebookSummary, links))]
    pub fn list(&self, project_ref: &str, query: &ListNotebooksQuery) -> Call<NotebookList>;

    /// Creates a notebook. Do not repeat it blindly: each success is a notebook of its own.
    #[post("/v2/projects/{ref}/notebooks")]
    pub fn create(&self, project_ref: &str, body: &Data<CreateNotebook>) -> Call<Data<Notebook>>;

    /// Gets one notebook with its cells.
    #[get("/v2/projects/{ref}/notebooks/{id}")]
    pub fn get(
        &self,
        project_ref: &str,
        /// Identifier of the notebook: `id` in [`v2::Notebooks::list`].
        id: &str,
    ) -> Call<Data<Notebook>>;

    /// Changes a notebook: what is left out stays. Cells are replaced all together.
    #[patch("/v2/projects/{ref}/notebooks/{id}")]
    pub fn update(
        &self,
        project_ref: &str,
        /// Identifier of the notebook: `id` in [`v2::Notebooks::list`].
        id: &str,
        body: &Data<UpdateNotebook>,
    ) -> Call<Data<Notebook>>;

    /// Deletes a notebook.
    #[delete("/v2/projects/{ref}/notebooks/{id}")]
    pub fn delete(
        &self,
        project_ref: &str,
        /// Identifier of the notebook: `id` in [`v2::Notebooks::list`].
        id: &str,
    ) -> Call<()>;
}

/// Which notebooks to list.
#[model(input)]
#[derive(Default)]
pub struct ListNotebooksQuery {
    /// Which page.
    pub page: Option<NotebooksPageQuery>,
}

/// Which page of notebooks to answer.
#[model(input)]
#[derive(Default)]
pub struct NotebooksPageQuery {
    /// How many notebooks to answer at most. The API documents no default.
    #[schema(minimum = 1, maximum = 100)]
    pub size: Option<i64>,
    /// Where the page begins: behind the notebook of this cursor, from `links.next` of a page.
    pub after: Option<String>,
    /// Where the page ends: in front of the notebook of this cursor, from `links.prev` of a page.
    pub before: Option<String>,
}

/// A page of notebooks.
#[model]
pub struct NotebookList {
    /// The notebooks of this page.
    pub data: Vec<NotebookSummary>,
    /// Paths of other pages.
    pub links: PageLinks,
}

/// A notebook without its cells.
#[model]
pub struct NotebookSummary {
    /// Identifier of the notebook.
    pub id: String,
    /// Kind of the resource.
    #[schema(value = "notebook")]
    pub r#type: String,
    /// What is known of it.
    pub attributes: NotebookSummaryAttributes,
}

/// What a list tells of a notebook.
#[model]
pub struct NotebookSummaryAttributes {
    /// Name that people see.
    pub name: String,
    /// What it is for. `null` without a description.
    pub description: Nullable<String>,
    /// Whether it is marked as a favorite.
    pub favorite: bool,
    /// When it was created, ISO 8601.
    pub inserted_at: String,
    /// When it was last changed, ISO 8601.
    pub updated_at: String,
    /// User who owns it. `null` where the user is gone.
    pub owner: Nullable<NotebookUser>,
    /// User who last changed it. `null` if the user does not exist any more.
    pub updated_by: Nullable<NotebookUser>,
}

/// A user of a notebook.
#[model]
pub struct NotebookUser {
    /// Number of the user.
    pub id: f64,
    /// Name of the user.
    pub username: String,
}

/// A notebook with its cells.
#[model]
pub struct Notebook {
    /// Identifier of the notebook.
    pub id: String,
    /// Kind of the resource.
    #[schema(value = "notebook")]
    pub r#type: String,
    /// What is known of it.
    pub attributes: NotebookAttributes,
}

/// What is known of a notebook.
#[model]
pub struct NotebookAttributes {
    /// Name that people see.
    pub name: String,
    /// What it is for. `null` without a description.
    pub description: Nullable<String>,
    /// Whether it is marked as a favorite.
    pub favorite: bool,
    /// When it was created, ISO 8601.
    pub inserted_at: String,
    /// When it was last changed, ISO 8601.
    pub updated_at: String,
    /// User who owns it. `null` where the user is gone.
    pub owner: Nullable<NotebookUser>,
    /// User who last changed it. `null` if the user does not exist any more.
    pub updated_by: Nullable<NotebookUser>,
    /// Its cells.
    pub content: NotebookContent,
}

/// The cells of a notebook.
#[model]
pub struct NotebookContent {
    /// The cells, from top to bottom.
    pub cells: Vec<NotebookCell>,
    /// Version of the form that this object has. Requests have none.
    pub schema_version: f64,
}

/// A cell of a notebook.
#[model(tag = "type")]
pub enum NotebookCell {
    /// Text.
    #[serde(rename = "markdown")]
    Markdown {
        /// Identifier of the cell.
        id: String,
        /// The text, in Markdown.
        text: String,
    },
    /// SQL that runs in the database.
    #[serde(rename = "database")]
    Database {
        /// Identifier of the cell.
        id: String,
        /// The SQL.
        sql: String,
        /// Title that people see.
        title: Option<String>,
        /// How the result is shown.
        view: Option<NotebookView>,
        /// How its chart is drawn.
        chart: Option<NotebookChart>,
        /// Identifier of the database that it runs in: the project ref for the primary, one of its own for a read replica.
        database_identifier: Option<String>,
        /// How many rows of the result are shown.
        row_limit: f64,
    },
    /// SQL that searches the logs.
    #[serde(rename = "log")]
    Log {
        /// Identifier of the cell.
        id: String,
        /// The SQL.
        sql: String,
        /// Title that people see.
        title: Option<String>,
        /// How the result is shown.
        view: Option<NotebookView>,
        /// How its chart is drawn.
        chart: Option<NotebookChart>,
        /// The time that is searched.
        time_range: NotebookTimeRange,
    },
    /// A cell that is newer than this crate.
    Other(Value),
}

/// How the result of a cell is shown.
#[model(input)]
pub enum NotebookView {
    /// As a table.
    #[serde(rename = "table")]
    Table,
    /// As a chart.
    #[serde(rename = "chart")]
    Chart,
    /// A value that is newer than this crate.
    Other(String),
}

/// How a chart is drawn.
#[model(input)]
pub struct NotebookChart {
    /// Kind of chart.
    pub r#type: NotebookChartType,
    /// Scale of the values.
    pub scale: NotebookChartScale,
    /// Whether each value is added to those before it.
    pub cumulative: bool,
    /// Whether the values are written beside the points.
    pub show_labels: bool,
    /// Column of the result that runs along the chart.
    pub x_column: String,
    /// Columns of the result that are drawn.
    pub y_series: Vec<NotebookChartSeries>,
}

/// A kind of chart.
#[model(input)]
pub enum NotebookChartType {
    /// Bars.
    #[serde(rename = "bar")]
    Bar,
    /// Lines.
    #[serde(rename = "line")]
    Line,
    /// A value that is newer than this crate.
    Other(String),
}

/// Scale of the values of a chart.
#[model(input)]
pub enum NotebookChartScale {
    /// Linear.
    #[serde(rename = "linear")]
    Linear,
    /// Logarithmic.
    #[serde(rename = "log")]
    Log,
    /// A value that is newer than this crate.
    Other(String),
}

/// A column that a chart draws.
#[model(input)]
#[derive(Default)]
pub struct NotebookChartSeries {
    /// Name of the column.
    pub column: String,
}

/// The time that a search of logs covers.
#[model(tag = "type", input)]
pub enum NotebookTimeRange {
    /// From one time to another.
    #[serde(rename = "absolute")]
    Absolute {
        /// Begin, ISO 8601.
        start: String,
        /// End, ISO 8601.
        end: String,
    },
    /// The last minutes, hours or more.
    #[serde(rename = "relative")]
    Relative {
        /// How many of the unit.
        amount: f64,
        /// The unit.
        unit: NotebookTimeUnit,
    },
    /// A range that is newer than this crate.
    Other(Value),
}

/// A unit of time.
#[model(input)]
pub enum NotebookTimeUnit {
    /// Minutes.
    #[serde(rename = "minute")]
    Minute,
    /// Hours.
    #[serde(rename = "hour")]
    Hour,
    /// Days.
    #[serde(rename = "day")]
    Day,
    /// Weeks.
    #[serde(rename = "week")]
    Week,
    /// Months.
    #[serde(rename = "month")]
    Month,
    /// Years.
    #[serde(rename = "year")]
    Year,
    /// A value that is newer than this crate.
    Other(String),
}

/// A new notebook.
#[model(input)]
pub struct CreateNotebook {
    /// Kind of the resource.
    #[schema(value = "notebook")]
    pub r#type: String,
    /// What it shall be like.
    pub attributes: CreateNotebookAttributes,
}

/// What a new notebook shall be like.
#[model(input)]
#[derive(Default)]
pub struct CreateNotebookAttributes {
    /// Name that people see.
    pub name: String,
    /// Its cells.
    pub content: WriteNotebookContent,
    /// What it is for.
    pub description: Option<String>,
    /// Whether it is marked as a favorite.
    pub favorite: Option<bool>,
}

/// The cells that a notebook shall have.
#[model(input)]
#[derive(Default)]
pub struct WriteNotebookContent {
    /// The cells, from top to bottom.
    pub cells: Vec<WriteNotebookCell>,
}

/// A cell that a notebook shall have. One without `id` gets one.
#[model(tag = "type", input)]
pub enum WriteNotebookCell {
    /// Text.
    #[serde(rename = "markdown")]
    Markdown {
        /// Identifier of the cell.
        id: Option<String>,
        /// The text, in Markdown.
        text: String,
    },
    /// SQL that runs in the database.
    #[serde(rename = "database")]
    Database {
        /// Identifier of the cell.
        id: Option<String>,
        /// The SQL.
        sql: String,
        /// Title that people see.
        title: Option<String>,
        /// How the result is shown.
        view: Option<NotebookView>,
        /// How its chart is drawn.
        chart: Option<NotebookChart>,
        /// Identifier of the database to run it in: the project ref for the primary, one of its own for a read replica.
        database_identifier: Option<String>,
        /// How many rows of the result are shown. Default: 100.
        row_limit: Option<f64>,
    },
    /// SQL that searches the logs.
    #[serde(rename = "log")]
    Log {
        /// Identifier of the cell.
        id: Option<String>,
        /// The SQL.
        sql: String,
        /// Title that people see.
        title: Option<String>,
        /// How the result is shown.
        view: Option<NotebookView>,
        /// How its chart is drawn.
        chart: Option<NotebookChart>,
        /// The time to search.
        time_range: NotebookTimeRange,
    },
}

/// Changes of a notebook.
#[model(input)]
pub struct UpdateNotebook {
    /// Kind of the resource.
    #[schema(value = "notebook")]
    pub r#type: String,
    /// What shall change.
    pub attributes: UpdateNotebookAttributes,
}

/// What shall change in a notebook. What is left out stays.
#[model(input)]
#[derive(Default)]
pub struct UpdateNotebookAttributes {
    /// Name that people see.
    pub name: Option<String>,
    /// All of its cells.
    pub content: Option<WriteNotebookContent>,
    /// What it is for.
    pub description: Option<String>,
    /// Whether it is marked as a favorite.
    pub favorite: Option<bool>,
}
