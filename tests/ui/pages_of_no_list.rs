use supabase_management_wasm_macros::endpoints;

/// Your projects.
#[endpoints]
impl Projects {
    /// Lists the projects of an organization.
    #[get("/v1/organizations/{slug}/projects", pages(data: Project))]
    pub fn list(&self, slug: &str, query: &ListProjectsQuery) -> Call<ProjectPage>;
}

/// Snippets.
#[endpoints]
impl Snippets {
    /// Lists snippets.
    #[get("/v1/snippets", pages(snippets: Snippet, cursor))]
    pub fn list(&self, query: &ListSnippetsQuery) -> Call<SnippetList>;
}

/// Runs.
#[endpoints]
impl Runs {
    /// Lists runs.
    #[get("/v1/runs", pages)]
    pub fn list(&self, query: &ListRunsQuery) -> Call<RunList>;
}

/// Functions.
#[endpoints]
impl Functions {
    /// Lists functions.
    #[get("/v1/functions", pages)]
    pub fn list(&self) -> Call<Vec<Function>>;
}

/// Branches.
#[endpoints]
impl Branches {
    /// Lists branches.
    #[get("/v1/branches", pages(data: Branch, offset))]
    pub fn list(&self, query: &ListBranchesQuery) -> Call<BranchList>;
}

fn main() {}
