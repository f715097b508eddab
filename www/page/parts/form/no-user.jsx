// Secrets of a form are no passwords of somebody who logs in, but a browser takes them for such and asks for the name of the
// user. This is that name: there is none.

export const NoUser = () => <input type="text" autocomplete="off" value="" readOnly hidden />;
