//! Tasks that are polled in whichever order is wished, and what they wait for.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

pub type Local<T> = Pin<Box<dyn Future<Output = T>>>;

/// Whether a task has something to do.
struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

struct Task {
    id: usize,
    future: Local<()>,
    flag: Arc<Flag>,
}

thread_local! {
    static TASKS: RefCell<Vec<Task>> = const { RefCell::new(Vec::new()) };
    static IDS: Cell<usize> = const { Cell::new(0) };
}

pub fn start(future: Local<()>) -> usize {
    let id = IDS.replace(IDS.get() + 1);
    TASKS.with_borrow_mut(|tasks| tasks.push(Task { id, future, flag: Arc::new(Flag(AtomicBool::new(true))) }));
    id
}

pub fn spawn(future: Local<()>) {
    start(future);
}

/// Polls what was woken, and nothing else, until nothing is left to do; `order` chooses among several.
pub fn run(order: &mut impl FnMut(usize) -> usize) {
    for _ in 0..10_000 {
        let woken = TASKS.with_borrow_mut(|tasks| {
            let woken: Vec<usize> = (0..tasks.len()).filter(|at| tasks[*at].flag.0.load(Ordering::Relaxed)).collect();
            (!woken.is_empty()).then(|| tasks.remove(woken[order(woken.len())]))
        });
        let Some(mut task) = woken else { return };
        task.flag.0.store(false, Ordering::Relaxed);
        let waker = Waker::from(Arc::clone(&task.flag));
        if task.future.as_mut().poll(&mut Context::from_waker(&waker)).is_pending() {
            TASKS.with_borrow_mut(|tasks| tasks.push(task));
        }
    }
    panic!("they wake one another for ever");
}

/// Drops one.
pub fn kill(id: usize) {
    // What it drops may look at the others.
    drop(TASKS.with_borrow_mut(|tasks| tasks.iter().position(|task| task.id == id).map(|at| tasks.swap_remove(at))));
}

/// Drops all.
pub fn clear() {
    drop(TASKS.take());
}

/// What will be there later.
pub struct Slot<T>(RefCell<(Option<T>, Option<Waker>)>);

impl<T: 'static> Slot<T> {
    pub fn new() -> Rc<Self> {
        Rc::new(Slot(RefCell::new((None, None))))
    }

    pub fn wait(self: Rc<Self>) -> Local<T> {
        Box::pin(poll_fn(move |context| {
            let mut slot = self.0.borrow_mut();
            slot.1 = Some(context.waker().clone());
            slot.0.take().map_or(Poll::Pending, Poll::Ready)
        }))
    }

    pub fn fill(&self, value: T) {
        let mut slot = self.0.borrow_mut();
        slot.0 = Some(value);
        if let Some(waker) = slot.1.take() {
            waker.wake();
        }
    }
}
