//! What is gone through step by step, as a stream of `futures_core` as well.

use crate::send_wrapper::SendWrapper;
use futures_util::future::LocalBoxFuture;
use std::future::Future;
use std::task::{Context, Poll, ready};

/// Something that gives one item after the other.
pub(crate) trait Walk: 'static {
    type Item: 'static;

    /// Gives the next item; nothing after the last one. A future that is dropped before its end changes nothing.
    fn step(&mut self) -> impl Future<Output = Option<Self::Item>>;
}

/// What a step ends with: what is walked, and the item that it gave.
type Stepping<W> = SendWrapper<LocalBoxFuture<'static, (W, Option<<W as Walk>::Item>)>>;

/// Goes through something, by awaiting or by polling.
pub(crate) enum Walker<W: Walk> {
    Resting(SendWrapper<W>),
    /// A step that a stream was polled for. It owns what is walked, as a stream may go elsewhere between two polls.
    Stepping(Stepping<W>),
    /// Only while the two others change places.
    Moving,
}

/// Nothing in it is ever pinned but the boxed step.
impl<W: Walk> Unpin for Walker<W> {}

impl<W: Walk> Walker<W> {
    pub(crate) fn new(walk: W) -> Self {
        Walker::Resting(SendWrapper::new(walk))
    }

    /// The next item. A step that was begun by polling is gone on with.
    pub(crate) async fn next(&mut self) -> Option<W::Item> {
        match self {
            Walker::Resting(walk) => walk.step().await,
            _ => std::future::poll_fn(|context| self.poll_next(context)).await,
        }
    }

    pub(crate) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<W::Item>> {
        if let Walker::Resting(_) = self
            && let Walker::Resting(walk) = std::mem::replace(self, Walker::Moving)
        {
            let mut walk = walk.take();
            *self = Walker::Stepping(SendWrapper::new(Box::pin(async move {
                let item = walk.step().await;
                (walk, item)
            })));
        }
        let Walker::Stepping(step) = self else { return Poll::Ready(None) };
        let (walk, item) = ready!(step.as_mut().poll(context));
        *self = Walker::new(walk);
        Poll::Ready(item)
    }
}
