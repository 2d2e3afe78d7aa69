//! A Chromium with a profile of its own, driven through chromedriver.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use std::{env, fs, process};

use anyhow::{Context, Result};
use serde_json::json;
use thirtyfour::prelude::*;
use thirtyfour::{ChromiumLikeCapabilities, LoggingPrefsLogLevel};
use tokio::time::timeout;

use crate::process::Program;
use crate::stage::setting_of;

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
    driver: WebDriver,
    // Ends chromedriver and every process of Chromium with it.
    _program: Program,
    _profile: Profile,
}

impl Browser {
    /// Starts chromedriver on a port of its choosing, and a fresh Chromium through it.
    ///
    /// # Errors
    /// If either does not start.
    pub async fn start(look: Look) -> Result<Self> {
        let program =
            Program::start("chromedriver", Command::new(setting_of("DUPLEX_CHROMEDRIVER")?).arg("--port=0"))?;
        let port = program.wait_for("port", |line| {
            let (_, rest) = line.split_once("started successfully on port ")?;
            rest.trim_end_matches('.').parse::<u16>().ok()
        })?;
        let profile = Profile::new()?;
        let mut wishes = DesiredCapabilities::chrome();
        wishes.set_binary(&setting_of("DUPLEX_CHROMIUM")?.to_string_lossy())?;
        for flag in FLAGS {
            wishes.add_arg(flag)?;
        }
        wishes.add_arg(&format!("--user-data-dir={}", profile.0.display()))?;
        wishes.set_browser_log_level(LoggingPrefsLogLevel::All)?;
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), wishes).await?;
        let browser = Self { driver, _program: program, _profile: profile };
        browser.look(look).await?;
        Ok(browser)
    }

    /// The session.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Changes the screen and the system's wishes.
    ///
    /// # Errors
    /// If the browser refuses.
    pub async fn look(&self, look: Look) -> Result<()> {
        look_like(&self.driver, look).await
    }

    /// Ends the session in good order.
    pub async fn quit(self) {
        // Whatever does not go in good order is killed when the program is dropped.
        let _ = timeout(Duration::from_secs(10), self.driver.quit()).await;
    }
}

/// Gives the page this screen. By way of emulation, since a window is never narrower than 500 pixels.
///
/// # Errors
/// If the browser refuses.
pub async fn look_like(driver: &WebDriver, look: Look) -> Result<()> {
    let (width, height) = look.size;
    let cdp = driver.cdp();
    let screen = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
    cdp.send_raw("Emulation.setDeviceMetricsOverride", screen).await?;
    let features = json!({"media": "", "features": [
        {"name": "prefers-color-scheme", "value": if look.dark { "dark" } else { "light" }},
        {"name": "prefers-reduced-motion", "value": if look.calm { "reduce" } else { "no-preference" }},
    ]});
    cdp.send_raw("Emulation.setEmulatedMedia", features).await?;
    Ok(())
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

/// Where tests leave pictures.
pub fn pictures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/e2e")
}

const FLAGS: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // One process less to wait for, and small /dev/shm in containers.
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--lang=en",
];
