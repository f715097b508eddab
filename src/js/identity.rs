//! Functions of JavaScript as closures of Rust, one closure for each function: what compares closures then compares functions.

use js_sys::Function;
use std::cell::RefCell;
use std::rc::{Rc, Weak};

/// The closures that were made of functions, as long as somebody holds them.
pub(super) struct Closures<C: ?Sized>(RefCell<Vec<(Function, Weak<C>)>>);

impl<C: ?Sized> Closures<C> {
    pub(super) const fn new() -> Self {
        Closures(RefCell::new(Vec::new()))
    }

    /// The closure of a function, made by `make` where there is none yet.
    pub(super) fn of(&self, function: &Function, make: impl FnOnce(Function) -> Rc<C>) -> Rc<C> {
        let mut known = self.0.borrow_mut();
        known.retain(|(_, closure)| closure.strong_count() > 0);
        if let Some(closure) = known.iter().find(|(other, _)| other == function).and_then(|(_, closure)| closure.upgrade()) {
            return closure;
        }
        let closure = make(function.clone());
        known.push((function.clone(), Rc::downgrade(&closure)));
        closure
    }
}
