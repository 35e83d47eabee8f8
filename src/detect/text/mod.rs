//! What stands around a place of a text, and what bytes are made of. Knows nothing of
//! secrets, and no other part of the engine.

pub(super) mod ascii;
pub(super) mod bounds;
pub(super) mod der;
pub(super) mod entropy;
pub(super) mod line;
pub(super) mod words;
