// SPDX-License-Identifier: EUPL-1.2
//! Evaluates rules against facts.
