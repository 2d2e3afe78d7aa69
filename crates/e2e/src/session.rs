//! A browser's session: WebDriver where the browsers agree, and each one's own protocol where WebDriver
//! has nothing to ask with.

use std::sync::{Arc, Mutex};

use anyhow::Result;
use thirtyfour::prelude::*;

use crate::bidi::Bidi;
use crate::browser::{Kind, Look};
use crate::devtools::DevTools;
use crate::{chromium, firefox};

/// A session. Clones are the same session.
#[derive(Clone, Debug)]
pub struct Session {
    driver: WebDriver,
    own: Own,
}

/// What a browser is asked with beside WebDriver.
#[derive(Clone, Debug)]
pub(crate) enum Own {
    /// The DevTools protocol: about this tab by way of chromedriver, about the whole browser past it.
    Chromium(Arc<Mutex<DevTools>>),
    /// WebDriver BiDi, in this tab, and scripts with Firefox's own rights.
    Firefox { bidi: Arc<Bidi>, tab: String },
}

/// Something in the accessibility tree.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// Its accessible name.
    pub(crate) name: String,
    pub(crate) at: At,
}

/// How a node is got hold of.
#[derive(Clone, Debug)]
pub(crate) enum At {
    /// DevTools' number of the DOM node.
    Backend(i64),
    Element(WebElement),
}

/// The WebDriver's session with the driver on a port. No connection is kept for the next command: one would not
/// outlive the test that made it, but the browser does.
pub(crate) async fn connect(port: u16, wishes: impl Into<Capabilities> + Send) -> WebDriverResult<WebDriver> {
    WebDriver::builder(format!("http://127.0.0.1:{port}"), wishes).keep_alive(false).connect().await
}

impl Session {
    pub(crate) fn new(driver: WebDriver, own: Own) -> Self {
        Self { driver, own }
    }

    /// The WebDriver's session.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Which browser this is.
    pub fn kind(&self) -> Kind {
        match self.own {
            Own::Chromium(_) => Kind::Chromium,
            Own::Firefox { .. } => Kind::Firefox,
        }
    }

    /// Gives a new visitor the whole browser.
    pub(crate) async fn anew(&mut self) -> Result<()> {
        match &mut self.own {
            Own::Chromium(browser) => chromium::visitor(&self.driver, browser).await,
            Own::Firefox { bidi, tab } => {
                *tab = firefox::visitor(&self.driver, bidi).await?;
                Ok(())
            }
        }
    }

    /// Changes the screen and the system's wishes.
    ///
    /// # Errors
    /// If the browser refuses.
    pub async fn look(&self, look: Look) -> Result<()> {
        match &self.own {
            Own::Chromium(_) => chromium::look(&self.driver, look).await,
            Own::Firefox { bidi, tab } => firefox::look(&self.driver, bidi, tab, look).await,
        }
    }

    /// What the console has as errors since this was last asked.
    ///
    /// # Errors
    /// If the browser is gone.
    pub async fn errors(&self) -> Result<Vec<String>> {
        match &self.own {
            Own::Chromium(_) => chromium::errors(&self.driver).await,
            Own::Firefox { bidi, .. } => firefox::errors(bidi).await,
        }
    }

    /// Everything of a role within `root`, or of this very name only.
    pub(crate) async fn nodes(
        &self,
        root: Option<&WebElement>,
        role: &str,
        name: Option<&str>,
    ) -> Result<Vec<Node>> {
        match &self.own {
            Own::Chromium(_) => chromium::nodes(&self.driver, root, role, name).await,
            Own::Firefox { .. } => firefox::nodes(&self.driver, root, role, name).await,
        }
    }

    /// The WebDriver's element of a node.
    pub(crate) async fn element(&self, node: &Node) -> Result<WebElement> {
        match &node.at {
            At::Backend(number) => chromium::element(&self.driver, *number).await,
            At::Element(element) => Ok(element.clone()),
        }
    }

    pub(crate) async fn quit(self) -> WebDriverResult<()> {
        self.driver.quit().await
    }
}
