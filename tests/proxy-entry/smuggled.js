// Requests as bytes, which a server may take for something else than what stands before it: none of them is anything that the
// application allows, whichever way they are read.
const ref = "hqvkzumdtlrwaxbeogcy";
const at = "/api/supabase/v1/projects";
const cookie = "cookie: session=alice";
const page = `host: localhost\r\n${cookie}\r\nsec-fetch-site: same-origin`;
const request = (line, headers = page, body = "") => `${line}\r\n${headers}\r\n\r\n${body}`;
const get = (target, headers) => request(`GET ${target} HTTP/1.1`, headers);
const hidden = `DELETE /v1/projects/${ref} HTTP/1.1\r\nhost: localhost\r\n\r\n`;
const post = (headers, body) => request(`POST ${at}/${ref}/functions HTTP/1.1`, `${page}\r\n${headers}`, body);

export const smuggled = [
  ["a length and chunks", post("content-length: 5\r\ntransfer-encoding: chunked", `0\r\n\r\n${hidden}`)],
  ["chunks and a length", post("transfer-encoding: chunked\r\ncontent-length: 5", `0\r\n\r\n${hidden}`)],
  ["two lengths", post("content-length: 0\r\ncontent-length: 44", hidden)],
  ["two lengths in one header", post("content-length: 0, 44", hidden)],
  ["a length with a sign", post("content-length: +5", "12345")],
  ["a length in hexadecimal", post("content-length: 0x5", "12345")],
  ["an encoding that is not known", post("transfer-encoding: identity, chunked, x", `0\r\n\r\n${hidden}`)],
  ["an encoding behind a tab", post("transfer-encoding:\tchunked, identity", `0\r\n\r\n${hidden}`)],
  ["a space before the colon", post("transfer-encoding : chunked\r\ncontent-length: 5", `0\r\n\r\n${hidden}`)],
  ["a chunk whose size is none", post("transfer-encoding: chunked", "zz\r\n\r\n")],
  ["a chunk whose size overflows", post("transfer-encoding: chunked", "fffffffffffffffff\r\na")],
  ["a folded header", get(`${at}/${ref}`, `host: localhost\r\nx-a: b\r\n ${cookie}`)],
  ["a header without a colon", get(`${at}/${ref}`, `${page}\r\nnonsense`)],
  ["a header with a zero", get(`${at}/${ref}`, `${page}\r\nx-a: b\0c`)],
  ["a line feed alone", `GET ${at}/${ref} HTTP/1.1\nhost: localhost\n\n`],
  ["a carriage return alone", get(`${at}/${ref}`, `host: localhost\rx-a: b\r\n${cookie}`)],
  ["no host", get(`${at}/${ref}`, cookie)],
  [
    "two hosts",
    request(
      `DELETE ${at}/${ref}/functions/hello HTTP/1.1`,
      `host: localhost\r\nhost: a.example\r\norigin: http://a.example\r\n${cookie}`,
    ),
  ],
  ["an absolute target of the API", get(`https://api.supabase.com/v1/projects/${ref}`)],
  ["an absolute target of another path", get(`http://localhost/v1/projects/${ref}`)],
  ["an absolute target with a user", get(`http://a:b@localhost${at}/${ref}/api-keys`)],
  ["a target that begins with two slashes", get(`//api.supabase.com${at}/${ref}/api-keys`)],
  ["a target without a slash", get("api/supabase/v1/projects")],
  ["a target of a star", request("OPTIONS * HTTP/1.1")],
  ["a tunnel", request("CONNECT api.supabase.com:443 HTTP/1.1", "host: api.supabase.com:443")],
  ["TRACE", request(`TRACE ${at}/${ref} HTTP/1.1`)],
  ["a method that there is not", request(`EVIL ${at}/${ref} HTTP/1.1`)],
  ["a method in lower case", request(`get ${at}/${ref} HTTP/1.1`)],
  ["a space in the target", get(`${at}/${ref} /api-keys`)],
  ["a tab in the target", get(`${at}/${ref}\t/api-keys`)],
  ["raw bytes in the target", get(`${at}/${ref}/functions/\xff\xfe`)],
  ["a way up", get(`${at}/../organizations`)],
  ["an encoded way up", get(`${at}/${ref}/functions/%2e%2e/api-keys`)],
  ["backslashes", get(`${at}/${ref}\\api-keys`)],
  ["a fragment", get(`${at}/${ref}/api-keys#/functions`)],
  ["a version of HTTP that there is not", request(`GET ${at}/${ref} HTTP/9.9`)],
  ["the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  ["an upgrade to h2c", get(`${at}/${ref}/api-keys`, `${page}\r\nconnection: Upgrade, HTTP2-Settings\r\nupgrade: h2c`)],
  ["headers that are too large", get(`${at}/${ref}`, `${page}\r\nx-a: ${"a".repeat(70_000)}`)],
  ["a request inside of a refused one", `${get(`${at}/${ref}/api-keys`)}${get("/v1/projects")}`],
];
