//! A browser with a profile of its own, driven through its driver.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use std::{env, fs, process};

use anyhow::{Context, Result, bail};
use tokio::time::timeout;

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
    _profile: Profile,
}

impl Browser {
    /// Starts the driver of the browser that is wanted on a port of its choosing, and a fresh browser
    /// through it.
    ///
    /// # Errors
    /// If either does not start.
    pub async fn start(look: Look) -> Result<Self> {
        let profile = Profile::new()?;
        let (session, program) = match Kind::wanted()? {
            Kind::Chromium => chromium::start(&profile.0).await?,
            Kind::Firefox => firefox::start(&profile.0).await?,
        };
        session.look(look).await?;
        Ok(Self { session, _program: program, _profile: profile })
    }

    /// The session.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Ends the session in good order.
    pub async fn quit(self) {
        // Whatever does not go in good order is killed when the program is dropped.
        let _ = timeout(Duration::from_secs(10), self.session.quit()).await;
    }
}

/// A folder that goes when its browser goes.
struct Profile(PathBuf);

impl Profile {
    fn new() -> Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("duplex-e2e-{}-{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = env::temp_dir().join(name);
        fs::create_dir_all(&folder).with_context(|| format!("no profile at {}", folder.display()))?;
        Ok(Self(folder))
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Where tests leave pictures: those of Firefox in a folder of their own.
pub(crate) fn pictures(kind: Kind) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/e2e");
    match kind {
        Kind::Chromium => folder,
        Kind::Firefox => folder.join("firefox"),
    }
}
