//! Values for one thread, in types that can go to others: errors, clients and calls that frameworks ask to be `Send`.

use fragile::Fragile;
use std::fmt;
use std::future::Future;
use std::ops::{Deref, DerefMut};
use std::pin::Pin;
use std::task::{Context, Poll};

/// A value that stays on its thread: on another one, looking at it and dropping it panic.
///
/// The crate send_wrapper does the same, and asks the standard library which thread this is. That brings a second allocator into the wasm, 11 KB of it;
/// fragile counts threads by itself.
#[derive(Clone)]
pub(crate) struct ThreadBound<T>(Fragile<T>);

impl<T> ThreadBound<T> {
    pub(crate) fn new(value: T) -> Self {
        ThreadBound(Fragile::new(value))
    }

    /// Whether this is the thread of the value.
    pub(crate) fn is_valid(&self) -> bool {
        self.0.is_valid()
    }

    pub(crate) fn into_inner(self) -> T {
        self.0.into_inner()
    }
}

impl<T> Deref for ThreadBound<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.get()
    }
}

impl<T> DerefMut for ThreadBound<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_mut()
    }
}

/// A future on the heap, which does not move when this does.
impl<F: Future + ?Sized> Future for ThreadBound<Pin<Box<F>>> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        self.as_mut().get_mut().deref_mut().as_mut().poll(context)
    }
}

impl<T: fmt::Debug> fmt::Debug for ThreadBound<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}
