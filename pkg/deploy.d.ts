import type { SupabaseManagement } from "./index.js";

/** To be written. */
export declare function plan(client: SupabaseManagement, ref: string | undefined, desired?: object): Promise<object>;
