// An API on this machine with the rules of the real one about tokens: a code and a refresh token work once, and a refresh
// ends the access token before it.
import assert from "node:assert/strict";
import { answerJson, project, serve } from "./support.js";

export const clientId = "b9bc9e13-fd1b-4ba2-9ad6-b1c5a1a8c8d0";
export const clientSecret = "sba_0123456789abcdef0123456789abcdef01234567";

/**
 * @param t the test's context
 * @param answer may answer a request for tokens in the server's place: called as (response, fields, number of the request);
 * it gives true where it did
 * @returns `url`, `requests`, `asked()` (the fields of all requests for tokens), and the tokens that work: `access`, `refresh`
 */
export async function serveTokens(t, answer = () => false) {
  const api = { access: "sbp_oauth_0", refresh: "refresh_0", code: "code_1", revoked: [], expiresIn: 3600 };
  const forms = [];
  let number = 0;
  const { url, requests } = await serve(t, async (request, response, body) => {
    const text = body.toString();
    if (request.url === "/v1/oauth/token") {
      assert.equal(request.method, "POST");
      assert.equal(request.headers["content-type"], "application/x-www-form-urlencoded");
      const fields = Object.fromEntries(new URLSearchParams(text));
      forms.push(fields);
      if (await answer(response, fields, forms.length, api)) return;
      const kinds = { refresh_token: [fields.refresh_token, api.refresh], authorization_code: [fields.code, api.code] };
      const [given, wanted] = kinds[fields.grant_type];
      if (given !== wanted) return answerJson(response, { message: "Refresh token not found" }, 404);
      number += 1;
      if (fields.code) api.code = undefined;
      Object.assign(api, { access: `sbp_oauth_${number}`, refresh: `refresh_${number}` });
      answerJson(response, tokensOf(api), 201);
    } else if (request.url === "/v1/oauth/revoke") {
      assert.equal(request.headers["content-type"], "application/json");
      api.revoked.push(JSON.parse(text));
      api.access = undefined;
      response.writeHead(204).end();
    } else if (request.headers.authorization === `Bearer ${api.access}`) {
      answerJson(response, [project]);
    } else {
      answerJson(response, { message: "Unauthorized" }, 401);
    }
  });
  return Object.assign(api, { url, requests, asked: () => forms });
}

/** What the token endpoint answers. */
export const tokensOf = ({ access, refresh, expiresIn }) => ({
  access_token: access,
  refresh_token: refresh,
  expires_in: expiresIn,
  token_type: "Bearer",
});
