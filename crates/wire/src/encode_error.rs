use tongue::say;

use crate::CloseCode;

/// Why something was not encoded. Nothing was written: correct the value and encode again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// A method is one or more token characters (RFC 9110 section 5.6.2).
    #[error("{}", say!("{} is not a token, so it cannot be a method", format!("{:?}", .0)))]
    Method(String),
    /// A request-target is one or more visible ASCII characters (RFC 9112 section 3.2).
    #[error("{}", say!("{} cannot be a request-target: it may hold visible ASCII characters only", format!("{:?}", .0)))]
    Target(String),
    /// A status code has three digits (RFC 9110 section 15).
    #[error("{}", say!("{} is not a status code: it must have three digits", .0))]
    Status(u16),
    /// A reason phrase holds no CR, LF, NUL or other control (RFC 9112 section 4).
    #[error("{}", say!("the reason phrase {} holds a character that would break the status line", format!("{:?}", .0)))]
    Reason(String),
    /// A field name is one or more token characters (RFC 9110 section 5.1).
    #[error("{}", say!("{} is not a token, so it cannot be a field name", format!("{:?}", .0)))]
    FieldName(String),
    /// A field value holds no CR, LF, NUL, other control, or character above U+00FF (RFC 9110 section 5.5).
    #[error("{}", say!("the value of field {} holds a character that would break the field line", format!("{:?}", .0)))]
    FieldValue(String),
    /// A control frame's payload has at most 125 octets (RFC 6455 section 5.5).
    #[error("{}", say!("a control frame carries at most 125 octets, not {}", .0))]
    ControlTooLong(usize),
    /// The code must never be sent in a Close frame (RFC 6455 section 7.4).
    #[error("{}", say!("close code {} must not be sent in a Close frame", .0))]
    CloseCode(CloseCode),
    /// A reason needs a code before it (RFC 6455 section 5.5.1).
    #[error("{}", say!("a close reason cannot be sent without a close code"))]
    ReasonWithoutCode,
}
