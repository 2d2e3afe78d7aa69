//! The page or a part of it: what is in it by role and accessible name, and what may be done to it.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use thirtyfour::components::SelectElement;
use thirtyfour::prelude::*;
use tokio::time::{Instant, sleep};

use super::patience::{PATIENCE, STEP, eventually};
use crate::session::{Node, Session};

/// The whole page or one element of it.
#[derive(Clone, Debug)]
pub struct Place {
    session: Session,
    element: Option<WebElement>,
    words: String,
}

/// A table as text: its rows, the head's first.
pub type Rows = Vec<Vec<String>>;

impl Place {
    pub(super) fn whole(session: &Session) -> Self {
        Self { session: session.clone(), element: None, words: "the page".to_owned() }
    }

    /// Waits for the one thing of this role and exactly this accessible name.
    ///
    /// # Errors
    /// If there is none, or more than one; says what there is instead.
    pub async fn get(&self, role: &str, name: &str) -> Result<Place> {
        self.find(role, name, Some(name)).await
    }

    /// Waits for the one thing of this role whose name starts like this.
    ///
    /// # Errors
    /// If there is none, or more than one; says what there is instead.
    pub async fn get_like(&self, role: &str, start: &str) -> Result<Place> {
        self.find(role, start, None).await
    }

    /// The one of `exact` name, or else the one whose name starts like this.
    async fn find(&self, role: &str, start: &str, exact: Option<&str>) -> Result<Place> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let nodes = self.nodes(role, exact).await?;
            let fitting: Vec<_> = nodes.iter().filter(|node| node.name.starts_with(start)).collect();
            if let [node] = fitting[..] {
                match self.place(node, format!("the {role} “{}”", node.name)).await {
                    Ok(place) => return Ok(place),
                    // It may have gone while we were looking.
                    Err(error) if Instant::now() > deadline => return Err(error),
                    Err(_) => {}
                }
            }
            if Instant::now() > deadline {
                let number = if fitting.is_empty() { "no" } else { "more than one" };
                let names = self.names(role).await?;
                bail!("{} has {number} {role} named “{start}”; of that role it has {names:?}", self.words);
            }
            sleep(STEP).await;
        }
    }

    /// The names of everything of this role, now.
    ///
    /// # Errors
    /// If the browser is gone.
    pub async fn names(&self, role: &str) -> Result<Vec<String>> {
        Ok(self.nodes(role, None).await?.into_iter().map(|node| node.name).collect())
    }

    /// Whether there is something of this role and name, now.
    ///
    /// # Errors
    /// If the browser is gone.
    pub async fn has(&self, role: &str, name: &str) -> Result<bool> {
        Ok(!self.nodes(role, Some(name)).await?.is_empty())
    }

    /// Waits until there is nothing of this role and name.
    ///
    /// # Errors
    /// If it stays.
    pub async fn gone(&self, role: &str, name: &str) -> Result<()> {
        let what = format!("the {role} “{name}” to be gone");
        eventually(&what, || async { Ok((!self.has(role, name).await?).then_some(())) }).await
    }

    /// Everything of this role, now.
    ///
    /// # Errors
    /// If the browser is gone.
    pub async fn all(&self, role: &str) -> Result<Vec<Place>> {
        let mut places = Vec::new();
        for node in self.nodes(role, None).await? {
            places.push(self.place(&node, format!("the {role} “{}”", node.name)).await?);
        }
        Ok(places)
    }

    /// Presses a button.
    ///
    /// # Errors
    /// If there is none of this name, or something lies over it.
    pub async fn press(&self, button: &str) -> Result<()> {
        self.get("button", button).await?.click().await
    }

    /// Chooses an option of a select.
    ///
    /// # Errors
    /// If there is no such select or option.
    pub async fn choose(&self, select: &str, option: &str) -> Result<()> {
        let select = self.get("combobox", select).await?;
        let element = SelectElement::new(select.element()?).await?;
        element
            .select_by_exact_text(option)
            .await
            .with_context(|| format!("{} has no option “{option}”", select.words))
    }

    /// Replaces what a field holds, and leaves it.
    ///
    /// # Errors
    /// If there is no such field.
    pub async fn fill(&self, role: &str, name: &str, text: &str) -> Result<()> {
        let field = self.get(role, name).await?;
        field.focus().await?;
        let keys = Key::Control + "a";
        field.element()?.send_keys(keys).await?;
        field.element()?.send_keys(text).await?;
        field.element()?.send_keys(Key::Tab + "").await?;
        Ok(())
    }

    /// Scrolls it to where a visitor would look at it, and clicks it.
    ///
    /// # Errors
    /// If something lies over it even there.
    pub async fn click(&self) -> Result<()> {
        self.ask("arguments[0].scrollIntoView({block: 'center'})", Value::Null).await?;
        match self.element()?.click().await {
            Ok(()) => Ok(()),
            Err(error) => {
                let why = error.to_string();
                let over = why.split("Additional info:").nth(1).unwrap_or(&why);
                bail!("{} cannot be clicked: {}", self.words, over.trim().lines().next().unwrap_or_default())
            }
        }
    }

    /// Gives it the focus.
    ///
    /// # Errors
    /// If it is gone.
    pub async fn focus(&self) -> Result<()> {
        let element = self.element()?.to_json()?;
        self.session.driver().execute("arguments[0].focus()", vec![element]).await?;
        Ok(())
    }

    /// Types keys into it.
    ///
    /// # Errors
    /// If it takes none.
    pub async fn type_in(&self, keys: impl Into<TypingData>) -> Result<()> {
        self.element()?.send_keys(keys).await.with_context(|| format!("{} takes no keys", self.words))
    }

    /// Its text as it is shown.
    ///
    /// # Errors
    /// If it is gone.
    pub async fn text(&self) -> Result<String> {
        Ok(self.element()?.text().await?)
    }

    /// A property of the element.
    ///
    /// # Errors
    /// If it is gone.
    pub async fn property(&self, name: &str) -> Result<Value> {
        self.ask("return arguments[0][arguments[1]]", json!(name)).await
    }

    /// An attribute of the element, if it has it.
    ///
    /// # Errors
    /// If it is gone.
    pub async fn attribute(&self, name: &str) -> Result<Option<String>> {
        let value = self.ask("return arguments[0].getAttribute(arguments[1])", json!(name)).await?;
        Ok(value.as_str().map(str::to_owned))
    }

    /// Whether it is the element that has the focus.
    ///
    /// # Errors
    /// If it is gone.
    pub async fn has_focus(&self) -> Result<bool> {
        Ok(self.ask("return document.activeElement === arguments[0]", Value::Null).await? == true)
    }

    /// The rows of a table, its head first.
    ///
    /// # Errors
    /// If it is gone.
    pub async fn rows(&self) -> Result<Rows> {
        let script =
            "return [...arguments[0].rows].map(row => [...row.cells].map(cell => cell.textContent.trim()))";
        Ok(serde_json::from_value(self.ask(script, Value::Null).await?)?)
    }

    /// What an option of the select is chosen.
    ///
    /// # Errors
    /// If it is gone.
    pub async fn chosen(&self) -> Result<String> {
        let chosen =
            self.ask("return arguments[0].selectedOptions[0]?.textContent ?? ''", Value::Null).await?;
        Ok(chosen.as_str().unwrap_or_default().to_owned())
    }

    /// The value of a script whose first argument is the element.
    ///
    /// # Errors
    /// If it throws.
    pub async fn ask(&self, script: &str, argument: Value) -> Result<Value> {
        let element = self.element()?.to_json()?;
        let found = self.session.driver().execute(script, vec![element, argument]).await;
        Ok(found.with_context(|| format!("{}: {script:?}", self.words))?.json().clone())
    }

    /// The WebDriver's element.
    ///
    /// # Errors
    /// If this is the whole page.
    pub fn element(&self) -> Result<&WebElement> {
        self.element.as_ref().context("the whole page is no element")
    }

    /// What this is, in words.
    pub fn words(&self) -> &str {
        &self.words
    }

    async fn nodes(&self, role: &str, name: Option<&str>) -> Result<Vec<Node>> {
        self.session.nodes(self.element.as_ref(), role, name).await
    }

    async fn place(&self, node: &Node, words: String) -> Result<Place> {
        let element = self.session.element(node).await.with_context(|| format!("{words} is gone"))?;
        Ok(Place { session: self.session.clone(), element: Some(element), words })
    }
}
