// What tells where two types differ, in TypeScript itself. For types-description.test.js; never run.
import type { Digest, NewerValue } from "../../../pkg/index.js";

declare const absent: unique symbol;
declare const json: unique symbol;
declare const nothing: unique symbol;
/** What a field may be that may be left out. `{}` and `{ a?: string }` fit each other; `{}` and `{ a: Absent }` do not. */
type Absent = typeof absent;
/** `unknown`, which as a member of a union would swallow the others. */
type Json = typeof json;
/** A body or query that does not exist, or an answer without content. */
export type Nothing = typeof nothing;

type Empty = Record<never, never>;
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type IsOneOf<T, All> = All extends unknown ? Equal<T, All> : never;
type IsUnion<T, All = T> = T extends unknown ? ([All] extends [T] ? false : true) : never;
/** What has no fields to look into. */
type Leaf = string | number | boolean | symbol | null | undefined | Bytes | ((...args: never[]) => unknown);
type Bytes = Blob | ArrayBuffer | Uint8Array;

/**
 * A type in the form in which it is compared: what may be left out is `Absent`, with `| undefined` or without; a list
 * may be changed; members of unions that are `Ignored` are gone, and so are fields that must be absent.
 */
type Plain<T, Ignored> = 0 extends 1 & T ? "any" : unknown extends T ? Json : PlainMember<T, Ignored>;
type PlainMember<T, Ignored> = T extends Leaf
  ? true extends IsOneOf<T, Ignored>
    ? never
    : T extends Digest
      ? string
      : T
  : T extends readonly (infer Item)[]
    ? Plain<Item, Ignored>[]
    : { [K in keyof T as Equal<T[K], undefined> extends true ? never : K]-?: PlainField<T, K, Ignored> };
type PlainField<T, K extends keyof T, Ignored> =
  Empty extends Pick<T, K> ? Plain<Exclude<T[K], undefined>, Ignored> | Absent : Plain<T[K], Ignored>;

/** A type of what is sent. It takes the values of answers, those that are unknown too: nobody can write down such a one. */
export type Sent<T> = Plain<T, NewerValue>;
/** A type of what is received. Our enums are open there, as the API adds values: that is no difference. */
export type Received<T> = [T] extends [void] ? Nothing : Plain<T, NewerValue>;

type ParametersOf<M> = M extends (...args: infer P) => unknown ? P : never;
/** The argument of a method at a position. */
export type Argument<M, At extends number> = undefined extends ParametersOf<M>[At]
  ? Sent<Exclude<ParametersOf<M>[At], undefined>> | Absent
  : Sent<ParametersOf<M>[At]>;
/** What a method resolves to. */
export type Answer<M> = M extends (...args: never[]) => infer R ? Received<Awaited<R>> : never;

/**
 * Where `From` is not assignable to `To`: texts such as `answer[].status: "GONE"`, of a place and of what is there in
 * `From` and not allowed in `To`. `never` where it is assignable.
 */
export type Differences<From, To, At extends string> = [From] extends [To]
  ? never
  : Or<DifferencesOfMember<From, To, At>, `${At}: something else`>;
type Or<T, Else> = [T] extends [never] ? Else : T;
type DifferencesOfMember<From, To, At extends string> = From extends To
  ? never
  : From extends Leaf
    ? `${At}: ${Show<From>}`
    : From extends (infer Item)[]
      ? DifferencesOfList<Item, Extract<To, unknown[]>, At>
      : DifferencesOfObject<From, Partner<From, Exclude<To, Leaf | unknown[]>>, At>;
type DifferencesOfList<Item, To extends unknown[], At extends string> = [To] extends [never]
  ? `${At}: a list`
  : Differences<Item, To[number], `${At}[]`>;
type DifferencesOfObject<From, To, At extends string> = [To] extends [never]
  ? `${At}: an object`
  : IsUnion<To> extends true
    ? `${At}: an object`
    : DifferencesOfFields<From, To, At> | DifferencesOfOthers<From, To, At>;
type DifferencesOfFields<From, To, At extends string> = {
  [K in Named<To>]: DifferencesOfField<From, To, K, `${At}.${K}`>;
}[Named<To>];
/** Of the fields that have no name in the type, as those of `Record<string, …>`. */
type DifferencesOfOthers<From, To, At extends string> = string extends keyof To
  ? DifferencesOfField<From, To, string & keyof To, `${At}[string]`>
  : never;
type DifferencesOfField<From, To, K extends keyof To, At extends string> = K extends keyof From
  ? Differences<From[K], To[K], At>
  : `${At}: no such field`;
type Named<T> = keyof { [K in keyof T as string extends K ? never : number extends K ? never : K]: 0 } &
  keyof T &
  string;

/** What of `To` to look into: where it is a union, the objects that do not contradict `From` in a literal. */
type Partner<From, To> = IsUnion<To> extends true ? Alike<From, To> : To;
type Alike<From, To> = To extends unknown ? ([From & To] extends [never] ? never : To) : never;

type Show<T> = T extends string
  ? string extends T
    ? "a string"
    : `"${T}"`
  : T extends number
    ? number extends T
      ? "a number"
      : `${T}`
    : T extends boolean | null | undefined
      ? `${T}`
      : T extends Bytes
        ? "bytes"
        : Marker<T>;
type Marker<T> = T extends Absent
  ? "left out"
  : T extends Json
    ? "any JSON"
    : T extends Nothing
      ? "nothing"
      : "a function";
