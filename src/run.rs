//! Runs the futures of calls for JavaScript. A general executor with a queue of its own would take a tenth of the wasm.

use std::cell::Cell;
use std::future::Future;
use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake};

/// A future, where it is neither polled right now nor done.
struct Task(Cell<Option<Pin<Box<dyn Future<Output = ()>>>>>);

// SAFETY: wakers may go to other threads by their type, but wasm without atomics has a single one.
#[cfg(not(target_feature = "atomics"))]
unsafe impl Send for Task {}
// SAFETY: as above.
#[cfg(not(target_feature = "atomics"))]
unsafe impl Sync for Task {}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        poll(&self);
    }
}

/// Starts a future, at once.
pub(crate) fn spawn(future: impl Future<Output = ()> + 'static) {
    poll(&Arc::new(Task(Cell::new(Some(Box::pin(ToTheEnd(ManuallyDrop::new(future))))))));
}

/// A future that is never dropped half-way, as nobody drops a task: what would have to be done then is left out of the wasm.
struct ToTheEnd<F>(ManuallyDrop<F>);

impl<F: Future<Output = ()>> Future for ToTheEnd<F> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        // SAFETY: the future stays where it is, inside of this one.
        let mut inner = unsafe { self.map_unchecked_mut(|this| &mut *this.0) };
        inner.as_mut().poll(context)
    }
}

fn poll(task: &Arc<Task>) {
    // The future is out of its place meanwhile: nobody polls it twice at a time, and a waker that outlived it does nothing. Nor is a wake lost:
    // what a call waits for gives its waker away when it uses it (src/platform.rs).
    if let Some(mut future) = task.0.take() {
        let waker = Arc::clone(task).into();
        if future.as_mut().poll(&mut Context::from_waker(&waker)).is_pending() {
            task.0.set(Some(future));
        }
    }
}
