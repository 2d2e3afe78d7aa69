//! The page as its visitor has it: controls are found by role and accessible name only, in the
//! browser's own accessibility tree, as a screen reader finds them.

mod patience;
mod place;

use std::ops::Deref;

use anyhow::{Context, Result};
use serde_json::Value;
use thirtyfour::prelude::*;

use crate::browser::{Look, pictures};
use crate::session::Session;

pub use patience::{PATIENCE, becomes, eventually, within};
pub use place::{Place, Rows};

/// A page in a browser.
#[derive(Clone, Debug)]
pub struct Page {
    session: Session,
    whole: Place,
}

impl Deref for Page {
    type Target = Place;

    fn deref(&self) -> &Place {
        &self.whole
    }
}

impl Page {
    /// The page of this session.
    pub fn new(session: &Session) -> Self {
        Self { session: session.clone(), whole: Place::whole(session) }
    }

    /// Goes to `url` and waits until the page says that it is ready.
    ///
    /// # Errors
    /// If it never does.
    pub async fn open(&self, url: &str) -> Result<()> {
        // A change of the fragment alone is no navigation.
        self.session.driver().goto("about:blank").await?;
        self.session.driver().goto(url).await.with_context(|| format!("{url} does not open"))?;
        self.ready().await
    }

    /// Goes to another page, of which nothing is known.
    ///
    /// # Errors
    /// If the browser is gone.
    pub async fn visit(&self, url: &str) -> Result<()> {
        Ok(self.session.driver().goto(url).await?)
    }

    /// Leaves for a page with nothing in it and without a policy, where any script runs.
    ///
    /// # Errors
    /// If the browser is gone.
    pub async fn leave(&self) -> Result<()> {
        self.visit("about:blank").await
    }

    /// Goes into the only frame of the page, and waits until what is in it is ready.
    ///
    /// # Errors
    /// If there is no frame, or it never is.
    pub async fn into_frame(&self) -> Result<()> {
        self.session.driver().enter_frame(0).await?;
        self.ready().await
    }

    /// Reloads the page and waits until it is ready.
    ///
    /// # Errors
    /// If it never is.
    pub async fn reload(&self) -> Result<()> {
        self.session.driver().refresh().await?;
        self.ready().await
    }

    async fn ready(&self) -> Result<()> {
        eventually("html[data-ready=true]", || async {
            Ok((self.js("return document.documentElement.dataset.ready === 'true'").await? == true)
                .then_some(()))
        })
        .await
    }

    /// The value of a script; for what no role tells: geometry, the address, attributes.
    ///
    /// # Errors
    /// If it throws.
    pub async fn js(&self, script: &str) -> Result<Value> {
        self.js_with(script, Vec::new()).await
    }

    /// The same with arguments.
    ///
    /// # Errors
    /// If it throws.
    pub async fn js_with(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        let found = self.session.driver().execute(script, arguments).await;
        Ok(found.with_context(|| format!("in the script {script:?}"))?.json().clone())
    }

    /// The value of a script that calls `arguments[0]` with it in the end.
    ///
    /// # Errors
    /// If it throws or takes too long.
    pub async fn js_later(&self, script: &str) -> Result<Value> {
        let found = self.session.driver().execute_async(script, Vec::new()).await;
        Ok(found.with_context(|| format!("in the script {script:?}"))?.json().clone())
    }

    /// The address's fragment, without its `#`.
    ///
    /// # Errors
    /// If the browser is gone.
    pub async fn fragment(&self) -> Result<String> {
        let hash = self.js("return location.hash").await?;
        Ok(hash.as_str().unwrap_or_default().trim_start_matches('#').to_owned())
    }

    /// Types keys to whatever has the focus.
    ///
    /// # Errors
    /// If the browser is gone.
    pub async fn type_keys(&self, keys: impl Into<TypingData>) -> Result<()> {
        self.session.driver().action_chain().send_keys(keys).perform().await?;
        Ok(())
    }

    /// Presses a key while another is held.
    ///
    /// # Errors
    /// If the browser is gone.
    pub async fn press_with(&self, held: Key, key: Key) -> Result<()> {
        let chain = self.session.driver().action_chain();
        chain.key_down(held.clone()).send_keys(key + "").key_up(held).perform().await?;
        Ok(())
    }

    /// Goes to another window of this browser, once there is one; the next call goes back if there are two.
    ///
    /// # Errors
    /// If there is none.
    pub async fn other_window(&self) -> Result<()> {
        let driver = self.session.driver();
        let own = driver.window().await?;
        let other = eventually("another window", || async {
            Ok(driver.windows().await?.into_iter().find(|window| *window != own))
        });
        driver.switch_to_window(other.await?).await?;
        self.ready().await
    }

    /// Chooses a file in the Lab's “Open a file”, as its dialogue would.
    ///
    /// # Errors
    /// If there is no such control.
    pub async fn choose_file(&self, file: &std::path::Path) -> Result<()> {
        let input = self.session.driver().find(By::Css(".opener input")).await?;
        Ok(input.send_keys(file.to_string_lossy()).await?)
    }

    /// Takes the focus away from every control.
    ///
    /// # Errors
    /// If the browser is gone.
    pub async fn blur(&self) -> Result<()> {
        self.js("document.activeElement?.blur()").await.map(drop)
    }

    /// Takes the pointer off whatever it last clicked.
    ///
    /// # Errors
    /// If the browser is gone.
    pub async fn point_nowhere(&self) -> Result<()> {
        self.session.driver().action_chain().move_to(0, 0).perform().await?;
        Ok(())
    }

    /// What the browser's console has as errors since this was last asked.
    ///
    /// # Errors
    /// If the browser is gone.
    pub async fn errors(&self) -> Result<Vec<String>> {
        self.session.errors().await
    }

    /// Changes the screen.
    ///
    /// # Errors
    /// If the browser refuses.
    pub async fn look(&self, look: Look) -> Result<()> {
        self.session.look(look).await
    }

    /// Leaves a picture of what is on the screen as `<name>.png` in the browser's folder.
    ///
    /// # Errors
    /// If it cannot be written.
    pub async fn picture(&self, name: &str) -> Result<()> {
        let file = pictures(self.session.kind()).join(format!("{name}.png"));
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        self.session
            .driver()
            .screenshot(&file)
            .await
            .with_context(|| format!("no picture at {}", file.display()))
    }
}
