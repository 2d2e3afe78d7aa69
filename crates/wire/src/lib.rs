//! Octets to messages and back.
