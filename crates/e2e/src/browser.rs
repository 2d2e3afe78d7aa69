//! A browser with a profile of its own, driven through its driver.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Result, bail};
use tokio::time::timeout;

use crate::folder::Folder;
use crate::process::Program;
use crate::session::Session;
use crate::{chromium, firefox};

/// Which browser.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Chromium, through chromedriver.
    Chromium,
    /// Firefox, through geckodriver.
    Firefox,
}

impl Kind {
    /// The one that `cargo xtask test` asks for in `DUPLEX_BROWSER`; Chromium if nobody says.
    ///
    /// # Errors
    /// If it asks for one that is not known here.
    pub fn wanted() -> Result<Self> {
        match env::var("DUPLEX_BROWSER").as_deref() {
            Err(env::VarError::NotPresent) | Ok("chromium") => Ok(Self::Chromium),
            Ok("firefox") => Ok(Self::Firefox),
            other => bail!("DUPLEX_BROWSER is chromium or firefox, not {other:?}"),
        }
    }

    /// Whether an error of the console is only that a connection failed.
    pub(crate) fn tells_of_connections(self, error: &str) -> bool {
        let parts: &[&str] = match self {
            Self::Chromium => &["net::ERR_", "WebSocket connection to"],
            Self::Firefox => &[
                "CORS request did not succeed",
                "can’t establish a connection to the server",
                "was interrupted while the page was loading",
            ],
        };
        parts.iter().any(|part| error.contains(part))
    }

    /// Whether an error of the console is only that an answer was an error, or not for the page to read.
    pub(crate) fn tells_of_answers(self, error: &str) -> bool {
        let parts: &[&str] = match self {
            Self::Chromium => &[
                "the server responded with a status of",
                "No 'Access-Control-Allow-Origin' header is present",
            ],
            Self::Firefox => &["CORS header ‘Access-Control-Allow-Origin’ missing"],
        };
        parts.iter().any(|part| error.contains(part))
    }
}

/// What the visitor's screen and system are like.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// CSS pixels.
    pub size: (u32, u32),
    /// The system's colours.
    pub dark: bool,
    /// Whether the system asks for less motion.
    pub calm: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { size: (1440, 900), dark: false, calm: false }
    }
}

/// A browser; dropping it ends it.
pub struct Browser {
    session: Session,
    // Ends the driver and every process of the browser with it.
    _program: Program,
    _profile: Folder,
}

impl Browser {
    /// A browser in which nobody was before: one that has been left in good order, for another visitor, or else
    /// a new one.
    ///
    /// # Errors
    /// If none starts.
    pub async fn ready(look: Look) -> Result<Self> {
        let left = LEFT.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(mut left) = left
            && left.session.anew().await.is_ok()
            && left.session.look(look).await.is_ok()
        {
            return Ok(left);
        }
        Self::start(look).await
    }

    /// Starts the driver of the browser that is wanted on a port of its choosing, and a fresh browser
    /// through it.
    ///
    /// # Errors
    /// If either does not start.
    pub async fn start(look: Look) -> Result<Self> {
        let profile = Folder::new()?;
        let (session, program) = match Kind::wanted()? {
            Kind::Chromium => chromium::start(profile.path()).await?,
            Kind::Firefox => firefox::start(profile.path()).await?,
        };
        session.look(look).await?;
        Ok(Self { session, _program: program, _profile: profile })
    }

    /// The session.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Leaves it to whoever needs one next.
    pub fn leave(self) {
        LEFT.lock().unwrap_or_else(PoisonError::into_inner).push(self);
    }

    /// Ends the session in good order.
    pub async fn quit(self) {
        // Whatever does not go in good order is killed when the program is dropped.
        let _ = timeout(Duration::from_secs(10), self.session.quit()).await;
    }
}

/// Browsers that nobody uses now; they end with this program. To start one takes seconds of a processor.
static LEFT: Mutex<Vec<Browser>> = Mutex::new(Vec::new());

/// Where tests leave pictures: those of Firefox in a folder of their own.
pub(crate) fn pictures(kind: Kind) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/e2e");
    match kind {
        Kind::Chromium => folder,
        Kind::Firefox => folder.join("firefox"),
    }
}
