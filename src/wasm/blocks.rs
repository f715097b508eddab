//! The allocator of the npm build: blocks come in powers of two, and each size has a list of those that are free. That is a tenth of the code of
//! the standard allocator. Memory that was used once for a size stays with it: calls need the same sizes again and again.

use core::arch::wasm32::memory_grow;
use std::alloc::{GlobalAlloc, Layout};
use std::cell::UnsafeCell;
use std::ptr::null_mut;

struct Blocks(UnsafeCell<State>);

struct State {
    /// The first free block of each size, which holds the address of the next one.
    free: [*mut u8; 32],
    /// Where memory that was never used begins and ends.
    fresh: usize,
    end: usize,
}

// SAFETY: the npm build has one thread.
unsafe impl Sync for Blocks {}

#[global_allocator]
static ALLOCATOR: Blocks = Blocks(UnsafeCell::new(State { free: [null_mut(); 32], fresh: 0, end: 0 }));

const PAGE: usize = 0x10000;
/// What all blocks are aligned to, and the size of the smallest.
const ALIGNMENT: usize = 16;

/// The power of two that a block needs.
fn size_of(layout: Layout) -> u32 {
    (usize::BITS - (layout.size().wrapping_sub(1)).leading_zeros()).clamp(ALIGNMENT.ilog2(), 31)
}

// SAFETY: a block is either in the list of its size or in one user's hands, as it is taken out by `alloc` and put back by `dealloc`.
unsafe impl GlobalAlloc for Blocks {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.align() > ALIGNMENT {
            return null_mut();
        }
        let power = size_of(layout);
        let size = 1usize << power;
        // SAFETY: nobody else looks into the state meanwhile; a block in a list begins with the address of the next one.
        unsafe {
            let state = &mut *self.0.get();
            let first = state.free[power as usize & 31];
            if !first.is_null() {
                state.free[power as usize & 31] = *first.cast();
                return first;
            }
            if state.end - state.fresh < size {
                let pages = size.div_ceil(PAGE);
                let from = memory_grow(0, pages);
                if from == usize::MAX {
                    return null_mut();
                }
                if from * PAGE != state.end {
                    state.fresh = from * PAGE;
                }
                state.end = (from + pages) * PAGE;
            }
            state.fresh += size;
            (state.fresh - size) as *mut u8
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as above; the block is as large as `alloc` made it, as the layout is the same.
        unsafe {
            let first = &mut (*self.0.get()).free[size_of(layout) as usize & 31];
            *block.cast() = *first;
            *first = block;
        }
    }
}
