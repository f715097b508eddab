// What the proxy itself answers: a status and words of its own, in the shape of the API's errors, which the client in the
// page reads. What went wrong behind it is for whoever runs the proxy.

/** Ends a request. `cause` never reaches the page. */
export class Refusal extends Error {
  constructor(status, message, { cause, headers } = {}) {
    super(message, { cause });
    this.status = status;
    this.headers = headers;
  }

  response() {
    return Response.json({ message: this.message }, { status: this.status, headers: this.headers });
  }
}

export const refuse = (status, message, more) => {
  throw new Refusal(status, message, more);
};
