//! Values of one thread in types that are `Send`, as frameworks ask for them: whoever touches such a value on another thread panics.
//!
//! `fragile` tells threads apart by numbers of its own. The crate `send_wrapper` asks the standard library for the thread's handle, and for that one the
//! standard library links its own allocator into the wasm, besides the one that is there.

use fragile::Fragile;
use std::future::Future;
use std::ops::{Deref, DerefMut};
use std::pin::Pin;
use std::task::{Context, Poll};

/// A value that belongs to the thread that wrapped it.
#[derive(Debug, Clone)]
pub(crate) struct SendWrapper<T>(Fragile<T>);

impl<T> SendWrapper<T> {
    pub(crate) fn new(value: T) -> Self {
        SendWrapper(Fragile::new(value))
    }

    /// Whether this is the thread of the value.
    pub(crate) fn valid(&self) -> bool {
        self.0.is_valid()
    }

    /// The value itself.
    pub(crate) fn take(self) -> T {
        self.0.into_inner()
    }
}

impl<T> Deref for SendWrapper<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.get()
    }
}

impl<T> DerefMut for SendWrapper<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_mut()
    }
}

impl<F: Future + Unpin> Future for SendWrapper<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        Pin::new(self.0.get_mut()).poll(context)
    }
}
