//! The connection doctor: what is known of a connection that failed, or is about to be tried, and what
//! that comes to. A table of causes, asked from the top; nothing here looks at a browser.
//!
//! Where a platform hides the cause on purpose, the [`Diagnosis`] says so and does not guess.

mod near;
mod words;

pub use near::Near;

use tongue::Sentence;

use crate::caption::sentences;

/// What can be known of one connection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Findings {
    /// How the page came here.
    pub page: Page,
    /// Where it wants to go.
    pub target: Target,
    /// What the browser says of its permission to go there; `None` if it has no word for it.
    pub permission: Option<Permission>,
    /// The directive of the page's own Content Security Policy that stood in the way, if one did.
    pub policy: Option<String>,
    /// How it showed; `None` before anything is tried.
    pub symptom: Option<Symptom>,
    /// What a plain `GET` to the same place brought; `None` if there was none.
    pub knock: Option<Knock>,
}

/// A page, as far as that decides what it may reach.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Page {
    /// How it was loaded.
    pub scheme: Scheme,
    /// From where.
    pub near: Near,
    /// `isSecureContext`.
    pub secure: bool,
}

/// How a page was loaded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scheme {
    /// Without TLS.
    Http,
    /// With TLS.
    Https,
    /// From a file of the visitor's.
    File,
}

/// Where a page wants to go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// Host and port, for the words.
    pub host: String,
    /// Whether by https or wss.
    pub secure: bool,
    /// How near it is.
    pub near: Near,
}

/// What `navigator.permissions` says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Permission {
    /// It may.
    Granted,
    /// The browser will ask.
    Prompt,
    /// It may not.
    Denied,
}

/// How a script learns that something is wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Symptom {
    /// `new WebSocket` threw.
    Thrown,
    /// `close` with 1006 before there was an `open`.
    NotOpened,
    /// `close` with this code after an `open`.
    Closed(u16),
    /// It is open, and nothing answers.
    Unanswered,
    /// `fetch` rejected.
    Rejected,
    /// `fetch` gave this status, and reading the content rejected.
    BrokeOff(u16),
    /// Neither an answer nor an error, for as long as the script waited.
    Late,
    /// `fetch` gave a whole answer, of this status.
    Answered(u16),
    /// A WebSocket did all that it should.
    Sound,
}

/// What a plain `GET` brought that any page may send.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Knock {
    /// An answer of this status that the page may read.
    Status(u16),
    /// A redirection, which a WebSocket does not follow.
    Redirect,
    /// An answer that the page may not read.
    Opaque,
    /// A network error.
    Nothing,
    /// Neither.
    Late,
}

/// What it comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnosis {
    /// The cause, as near as can be told.
    pub cause: Cause,
    /// What is the matter, in a sentence or two.
    pub what: Sentence,
    /// What to do about it.
    pub advice: Sentence,
    /// What the platform keeps from scripts, and why, where it does.
    pub hidden: Option<&'static str>,
}

impl Diagnosis {
    /// Everything in a row.
    pub fn told(&self) -> String {
        let hidden = words::hidden(self.cause).unwrap_or_default().to_owned();
        let parts = [self.what.said(), hidden, self.advice.said()];
        sentences(parts.into_iter().filter(|it| !it.is_empty()))
    }
}

/// Why a connection fails, as near as a page can tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    /// The page is a file: it has no origin that a server could let in.
    File,
    /// The page's own policy.
    Policy,
    /// A page with TLS, an address without.
    Mixed,
    /// A page without TLS that wants to reach this computer.
    Insecure,
    /// The visitor has said no.
    Denied,
    /// The visitor has not been asked, or has not answered.
    Prompt,
    /// The browser would not even try.
    NotTried,
    /// An HTTP server that opens no WebSocket here.
    NotWebSocket,
    /// A WebSocket server whose answer to the handshake is not in order.
    Handshake,
    /// Something answers, but not to this page (CORS).
    NotForUs,
    /// Nothing there speaks HTTP: refused, reset, or something else altogether.
    Nobody,
    /// Something accepts and says nothing, or nothing comes through.
    Silence,
    /// Lost without a goodbye, or the server broke a rule: a script cannot tell these apart.
    Lost,
    /// The server said goodbye.
    Goodbye,
    /// The connection is open and silent.
    Unanswered,
    /// An answer without its end.
    CutShort,
    /// An answer that is none of those 200 to 299.
    Status,
    /// Nothing that a script could see.
    Sound,
}

/// What is the matter.
pub fn examine(findings: &Findings) -> Diagnosis {
    let cause = surroundings(findings).unwrap_or_else(|| symptoms(findings));
    let [of_what, of_advice] = [findings.clone(), findings.clone()];
    Diagnosis {
        cause,
        what: Sentence::of(move || words::what(cause, &of_what)),
        advice: Sentence::of(move || words::advice(cause, &of_advice)),
        hidden: words::hidden(cause),
    }
}

/// What is certain to be the matter before anything is tried.
pub fn foresee(findings: &Findings) -> Option<Diagnosis> {
    let Findings { page, target, .. } = findings;
    let certain = match surroundings(findings)? {
        Cause::File | Cause::Policy | Cause::Denied => true,
        // With the visitor's leave some browsers let a page reach a plain address nearby.
        Cause::Mixed => target.near == Near::Public,
        Cause::Insecure => page.near == Near::Public,
        _ => false,
    };
    certain.then(|| examine(findings))
}

/// Whether the browser will ask the visitor first.
pub fn will_ask(findings: &Findings) -> bool {
    surroundings(findings) == Some(Cause::Prompt)
}

/// What stands in the way on this side: it comes before whatever may be wrong over there.
fn surroundings(findings: &Findings) -> Option<Cause> {
    let Findings { page, target, permission, policy, .. } = findings;
    if policy.is_some() {
        return Some(Cause::Policy);
    }
    if page.scheme == Scheme::File {
        return Some(Cause::File);
    }
    if page.near == Near::Loopback {
        return None;
    }
    if target.near == Near::Loopback && !page.secure {
        return Some(Cause::Insecure);
    }
    if target.near != Near::Public && page.secure {
        match permission {
            Some(Permission::Denied) => return Some(Cause::Denied),
            Some(Permission::Prompt) => return Some(Cause::Prompt),
            Some(Permission::Granted) => return None,
            None => {}
        }
    }
    let mixed = page.scheme == Scheme::Https && !target.secure && target.near != Near::Loopback;
    mixed.then_some(Cause::Mixed)
}

fn symptoms(findings: &Findings) -> Cause {
    match findings.symptom {
        Some(Symptom::Thrown) => Cause::NotTried,
        Some(Symptom::Closed(1006)) => Cause::Lost,
        Some(Symptom::Closed(_)) => Cause::Goodbye,
        Some(Symptom::Unanswered) => Cause::Unanswered,
        Some(Symptom::BrokeOff(_)) => Cause::CutShort,
        Some(Symptom::Answered(200..=299)) | Some(Symptom::Sound) | None => Cause::Sound,
        Some(Symptom::Answered(_)) => Cause::Status,
        Some(symptom @ (Symptom::NotOpened | Symptom::Rejected | Symptom::Late)) => {
            match (findings.knock, symptom) {
                (Some(Knock::Status(400 | 426)), Symptom::NotOpened) => Cause::Handshake,
                (Some(Knock::Status(_) | Knock::Redirect), Symptom::NotOpened) => Cause::NotWebSocket,
                (Some(Knock::Opaque), _) => Cause::NotForUs,
                (Some(Knock::Late), _) | (_, Symptom::Late) => Cause::Silence,
                _ => Cause::Nobody,
            }
        }
    }
}
