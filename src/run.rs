//! Runs the futures of calls for JavaScript. A general executor with a queue of its own would take a tenth of the wasm.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake};

type Running = Pin<Box<dyn Future<Output = ()>>>;

/// A future, or what became of it while it was polled.
enum Slot {
    Free,
    Waiting(Running),
    Polling { again: bool },
}

thread_local! {
    static SLOTS: RefCell<Vec<Slot>> = const { RefCell::new(Vec::new()) };
}

/// Wakes the future of one slot. It holds a number alone, as wakers may go to other threads, and futures with JavaScript in them may not.
struct Waker(usize);

impl Wake for Waker {
    fn wake(self: Arc<Self>) {
        poll(self.0);
    }
}

/// Starts a future, at once.
pub(crate) fn spawn(future: impl Future<Output = ()> + 'static) {
    let future: Running = Box::pin(future);
    let number = SLOTS.with_borrow_mut(|slots| {
        let number = slots.iter().position(|slot| matches!(slot, Slot::Free)).unwrap_or(slots.len());
        if number == slots.len() {
            slots.push(Slot::Free);
        }
        slots[number] = Slot::Waiting(future);
        number
    });
    poll(number);
}

fn swap(number: usize, next: Slot) -> Slot {
    SLOTS.with_borrow_mut(|slots| std::mem::replace(&mut slots[number], next))
}

fn poll(number: usize) {
    loop {
        // The future is out of its slot meanwhile: what it calls may start or wake others, or itself.
        match swap(number, Slot::Polling { again: false }) {
            Slot::Waiting(mut future) => {
                let waker = Arc::new(Waker(number)).into();
                if let Poll::Ready(()) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                    swap(number, Slot::Free);
                    return;
                }
                if !matches!(swap(number, Slot::Waiting(future)), Slot::Polling { again: true }) {
                    return;
                }
            }
            Slot::Polling { .. } => {
                swap(number, Slot::Polling { again: true });
                return;
            }
            // A waker that outlived its future.
            Slot::Free => {
                swap(number, Slot::Free);
                return;
            }
        }
    }
}
