// The comparison finds what it looks for, and nothing else. For types-description.test.js; never run.
import type { NewerValue } from "../../../pkg/index.js";
import type { Answer, Argument, Differences, Nothing, Received, Sent } from "./compare.mjs";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<T extends true>(..._: [T?]): void {}
type OfSent<From, To> = Differences<Sent<From>, Sent<To>, "body">;
type OfReceived<From, To> = Differences<Received<From>, Received<To>, "answer">;
type Loose = ReturnType<typeof JSON.parse>;

// Fields: of another type, missing, needed, too many, even where they may be left out.
is<Equal<OfSent<{ a: string; b: number }, { a: string; b: number }>, never>>();
is<Equal<OfSent<{ a: string; b: number }, { a: number; b: 1 }>, "body.a: a string" | "body.b: a number">>();
is<Equal<OfSent<{ a: { b: "x" | "y" }[] }, { a: { b: "x" }[] }>, 'body.a[].b: "y"'>>();
is<Equal<OfSent<{ a: 1 }, { a: 1; b: 2; c?: 3 }>, "body.b: no such field" | "body.c: no such field">>();
is<Equal<OfSent<{ a: 1; b: 2; c?: 3 }, { a: 1 }>, never>>();
is<Equal<OfSent<{ a?: 1 }, { a: 1 }>, "body.a: left out">>();
is<Equal<OfSent<{ a: 1 }, { a?: 1 }>, never>>();
is<Equal<OfSent<{ a?: 1 | undefined }, { a?: 1 }>, never>>();
is<Equal<OfSent<{ a: 1 | null }, { a: 1 }>, "body.a: null">>();
is<Equal<OfSent<Record<string, { a: 1 }>, Record<string, { a: 2 }>>, "body[string].a: 1">>();
type Others = { [name: string]: unknown };
is<Equal<OfSent<{ a: { b: 1 } & Others }, { a: { b: 1 } & Others }>, never>>();
is<Equal<OfSent<{ a: { b: 1 } }, { a: { b: 2 } & Others }>, "body.a.b: 1" | "body.a[string]: no such field">>();

// Kinds.
is<Equal<OfSent<{ a?: unknown }, { a: unknown }>, "body.a: left out">>();
is<Equal<OfSent<{ a: unknown }, { a: string }>, "body.a: any JSON">>();
is<Equal<OfSent<{ a: string }, { a: unknown }>, "body.a: a string">>();
is<Equal<OfSent<{ a: Loose }, { a: unknown }>, 'body.a: "any"'>>();
is<Equal<OfSent<{ a: Blob }, { a: string }>, "body.a: bytes">>();
is<Equal<OfSent<readonly string[], string[]>, never>>();
is<Equal<OfSent<{ a: 1 }[], { a: 1 }>, "body: a list">>();
is<Equal<OfSent<{ a: 1 }, { a: 1 }[]>, "body: an object">>();

// Unions: by the field that tells their members apart.
type Shape = { type: "a"; value: 1 | 2 } | { type: "b"; value: 3 | 4 };
is<Equal<OfSent<{ type: "b"; value: 3 | 5 }, Shape | null>, "body.value: 5">>();
is<Equal<OfSent<Shape, { type: "a"; value: 1 | 2 }>, 'body.type: "b"' | "body.value: 3" | "body.value: 4">>();
is<Equal<OfSent<{ type: "c"; value: 1 }, Shape>, "body: an object">>();

// An enum takes what is newer, and no other text.
type Open = "a" | "b" | NewerValue;
is<Equal<OfReceived<{ a: Open }, { a: "a" | "b" }>, never>>();
is<Equal<OfReceived<{ a: Open }, { a: "a" }>, 'answer.a: "b"'>>();
is<Equal<OfReceived<{ a: string }, { a: "a" | "b" }>, "answer.a: a string">>();
is<Equal<OfReceived<{ a: "a" | "b" }, { a: string }>, never>>();
is<Equal<OfReceived<{ a: "a" | (string & {}) }, { a: "a" }>, "answer.a: a string">>();
is<Equal<OfSent<{ a: Open }, { a: "a" | "b" }>, never>>();
is<Equal<OfSent<{ a: Open }, { a: "a" }>, 'body.a: "b"'>>();
is<Equal<OfReceived<void, never>, never>>();
is<Equal<OfReceived<void, { a: 1 }>, "answer: nothing">>();

// Methods.
type Method = (ref: string, body: { a: 1 }, query?: { b?: 2 | undefined }) => Promise<{ c: 3 }>;
is<Equal<Argument<Method, 0>, string>>();
is<Equal<Differences<Argument<Method, 1>, Sent<{ a: 1 }>, "body">, never>>();
is<Equal<Differences<Argument<Method, 2>, Sent<{ q?: { b?: 2 } }>["q"], "query">, never>>();
is<Equal<Differences<Argument<Method, 2>, Sent<{ b?: 2 }>, "query">, "query: left out">>();
is<Equal<Differences<Argument<Method, 2>, Nothing, "query">, "query: left out" | "query: an object">>();
is<Equal<Differences<Answer<Method>, Received<{ c: 4 }>, "answer">, "answer.c: 3">>();
