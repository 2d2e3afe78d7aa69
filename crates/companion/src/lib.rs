//! The server beside the page: serves it, answers its live runs, and copies every octet of them.
//!
//! Listens on a main port, for the page and its services without any delay, and for each run on one
//! fresh port a lane, where an emulated link stands between the socket and the server. HTTP is spoken
//! by hyper, WebSocket by `wire`.
//!
//! What it deliberately lacks: HTTP/2, TLS, compression on the fly, state that outlives the process, and any
//! service to a page that is not its own, not on this computer and not named by `--allow-origin`.
//!
//! A port of a run may also do one thing wrong on command: `faulty` is the laboratory for that.
//!
//! Read [`Config`] and [`start`] first; inside, `lane` for what a lane answers and `emulate` for where
//! the link and the tap stand.

mod cli;
mod config;
mod limits;

mod server;

mod lan;
mod qr;

mod front;
mod inside;
mod media;
mod page;
mod wrap;

mod faulty;
mod feed;
mod lane;
mod news;
mod plan;
mod port;
mod raw;
mod run;
mod runs;
mod script;

mod access;
mod board;
mod connection;
mod counted;
mod farewell;
mod gate;
mod listener;
mod metrics;
mod patient;
mod reply;
mod talk;
mod upgrade;

mod emulate;
mod link;
mod pipe;
mod redact;
mod tap;

mod clock;
mod stop;

pub use access::{Access, Refusal};
pub use cli::{Command, UsageError, parse, usage};
pub use config::{Behave, Config, LanePorts, Log};
pub use inside::{INSIDE, Inside};
pub use limits::{Limits, Row, TABLE as LIMITS};
pub use qr::qr;
pub use server::{Running, StartError, start};
