// SPDX-License-Identifier: EUPL-1.2
//! Work to do, leased to whoever is free: in memory here, in a database for several machines.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A queue of tasks. A leased task is done, or comes back.
pub trait Queue<T>: Send + Sync {
    /// Adds a task.
    fn push(&self, task: T) -> impl Future<Output = ()> + Send;

    /// Takes the next task; `None` when nothing is left to take.
    fn lease(&self) -> impl Future<Output = Option<T>> + Send;

    /// The task is finished.
    fn done(&self, task: T) -> impl Future<Output = ()> + Send;

    /// The task could not be finished now; it is offered again after `delay` at the earliest.
    fn retry_later(&self, task: T, delay: Duration) -> impl Future<Output = ()> + Send;
}

/// First in, first out, as long as the run lasts. A task to be retried waits behind all others.
#[derive(Debug)]
pub struct MemoryQueue<T> {
    waiting: Mutex<VecDeque<T>>,
}

impl<T> Default for MemoryQueue<T> {
    fn default() -> Self {
        Self {
            waiting: Mutex::new(VecDeque::new()),
        }
    }
}

impl<T> MemoryQueue<T> {
    fn waiting(&self) -> std::sync::MutexGuard<'_, VecDeque<T>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Send> Queue<T> for MemoryQueue<T> {
    async fn push(&self, task: T) {
        self.waiting().push_back(task);
    }

    async fn lease(&self) -> Option<T> {
        self.waiting().pop_front()
    }

    async fn done(&self, _task: T) {}

    async fn retry_later(&self, task: T, delay: Duration) {
        tokio::time::sleep(delay).await;
        self.waiting().push_back(task);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_task_to_retry_comes_last() {
        let queue = MemoryQueue::default();
        for task in [1, 2, 3] {
            queue.push(task).await;
        }
        let first = queue.lease().await.unwrap();
        queue.retry_later(first, Duration::ZERO).await;
        let mut order = Vec::new();
        while let Some(task) = queue.lease().await {
            order.push(task);
            queue.done(task).await;
        }
        assert_eq!(order, [2, 3, 1]);
    }
}
