//! The user's abort signals. One of them is often given to many calls, and engines warn of many listeners: each signal gets one listener, which tells
//! all calls that it was given to.

use js_sys::Map;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

#[wasm_bindgen]
extern "C" {
    /// A signal may be anybody's: every touch of it may throw.
    type AnySignal;
    #[wasm_bindgen(method, getter, catch)]
    fn aborted(this: &AnySignal) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn reason(this: &AnySignal) -> Result<JsValue, JsValue>;
}

/// Why a signal was aborted; nothing where it was not, or cannot be asked.
pub(crate) fn abort_reason(signal: &AbortSignal) -> Option<JsValue> {
    let signal: &AnySignal = signal.unchecked_ref();
    if signal.aborted().is_ok_and(|aborted| aborted.is_truthy()) { signal.reason().ok() } else { None }
}

type Callback = Rc<dyn Fn()>;

/// A signal that is listened to, and who wants to know.
struct Listened {
    id: f64,
    signal: AbortSignal,
    subscribers: RefCell<Vec<(u64, Callback)>>,
    listener: RefCell<Option<Closure<dyn FnMut()>>>,
}

#[derive(Default)]
struct Registry {
    /// From a signal to the number of its entry.
    ids: Option<Map>,
    /// In the order of their numbers.
    entries: Vec<Rc<Listened>>,
    last_id: f64,
}

thread_local! {
    static REGISTRY: RefCell<Registry> = RefCell::default();
    static LAST_SUBSCRIBER: Cell<u64> = const { Cell::new(0) };
}

impl Registry {
    fn entry(&mut self, signal: &AbortSignal) -> Rc<Listened> {
        let ids = self.ids.get_or_insert_with(Map::new);
        let known = ids.get(signal).as_f64().and_then(|id| self.entries.binary_search_by(|entry| entry.id.total_cmp(&id)).ok());
        if let Some(at) = known {
            return Rc::clone(&self.entries[at]);
        }
        self.last_id += 1.0;
        ids.set(signal, &self.last_id.into());
        let entry = Rc::new(Listened { id: self.last_id, signal: signal.clone(), subscribers: RefCell::default(), listener: RefCell::default() });
        self.entries.push(Rc::clone(&entry));
        entry
    }

    fn remove(&mut self, entry: &Listened) {
        if let Some(ids) = &self.ids {
            ids.delete(&entry.signal);
        }
        self.entries.retain(|other| other.id != entry.id);
    }
}

impl Listened {
    /// Tells all subscribers. One of them may end others, who need not be told then.
    fn tell(&self) {
        let ids: Vec<_> = self.subscribers.borrow().iter().map(|(id, _)| *id).collect();
        for id in ids {
            let callback = self.subscribers.borrow().iter().find(|(other, _)| *other == id).map(|(_, callback)| Rc::clone(callback));
            if let Some(callback) = callback {
                callback();
            }
        }
    }
}

/// Calls back when a signal is aborted, until it is dropped.
pub(crate) struct Subscription {
    id: u64,
    entry: Rc<Listened>,
}

impl Subscription {
    pub(crate) fn new(signal: &AbortSignal, callback: impl Fn() + 'static) -> Self {
        let id = LAST_SUBSCRIBER.get() + 1;
        LAST_SUBSCRIBER.set(id);
        let entry = REGISTRY.with_borrow_mut(|registry| registry.entry(signal));
        entry.subscribers.borrow_mut().push((id, Rc::new(callback)));
        if entry.listener.borrow().is_none() {
            let told = Rc::downgrade(&entry);
            let listener = Closure::<dyn FnMut()>::new(move || {
                if let Some(entry) = told.upgrade() {
                    entry.tell();
                }
            });
            // A signal that cannot be listened to is looked at whenever something else happens.
            let _ = signal.add_event_listener_with_callback("abort", listener.as_ref().unchecked_ref());
            *entry.listener.borrow_mut() = Some(listener);
        }
        Subscription { id, entry }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut subscribers = self.entry.subscribers.borrow_mut();
        if let Ok(at) = subscribers.binary_search_by_key(&self.id, |(id, _)| *id) {
            subscribers.remove(at);
        }
        if !subscribers.is_empty() {
            return;
        }
        drop(subscribers);
        REGISTRY.with_borrow_mut(|registry| registry.remove(&self.entry));
        if let Some(listener) = self.entry.listener.take() {
            let _ = self.entry.signal.remove_event_listener_with_callback("abort", listener.as_ref().unchecked_ref());
        }
    }
}
