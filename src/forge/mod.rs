// SPDX-License-Identifier: EUPL-1.2
//! From an address to a [`ForgeRecord`](record::ForgeRecord) and to Git objects on this machine.

pub mod record;
