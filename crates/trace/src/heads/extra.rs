use tongue::say;
use wire::{EncodeError, Request};

/// Why a field line cannot be added to a request.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unfit {
    /// It would break the head.
    #[error("{0}")]
    Broken(#[from] EncodeError),
    /// It would say where the content ends, whom the request is for, or what the connection does.
    #[error("{}", say!("{} is set by the browser itself; a page may not add it", .0))]
    Taken(String),
    /// A field line of so many octets is not taken.
    #[error("{}", say!("a field line may have {} octets here; this has {}", LONGEST, .0))]
    Long(usize),
}

/// Whether a field line may be added to a request.
///
/// # Errors
/// Why not.
pub fn check(name: &str, value: &str) -> Result<(), Unfit> {
    let length = name.len() + value.len();
    if length > LONGEST {
        return Err(Unfit::Long(length));
    }
    let lower = name.to_ascii_lowercase();
    if TAKEN.contains(&lower.as_str()) || TAKEN_PREFIXES.iter().any(|prefix| lower.starts_with(prefix)) {
        return Err(Unfit::Taken(name.to_owned()));
    }
    Request::new("GET", "/").with(name, value).encode()?;
    Ok(())
}

/// Octets of name and value together.
pub const LONGEST: usize = 1_000;

/// Forbidden request-headers of the Fetch standard that a lane itself depends on; the cookie has a knob.
const TAKEN: [&str; 10] = [
    "host",
    "connection",
    "content-length",
    "transfer-encoding",
    "upgrade",
    "origin",
    "cookie",
    "te",
    "trailer",
    "expect",
];
const TAKEN_PREFIXES: [&str; 2] = ["sec-", "proxy-"];
