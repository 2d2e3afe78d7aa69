//! The Lab's parts by the names that the design promises.

mod row;

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use thirtyfour::prelude::*;

use crate::page::{Page, Place, Rows, becomes, eventually, within};

pub use row::{EventRow, LedgerRow, count, millis};

/// Everything by which two pictures can be told apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Frame {
    /// The slider's value.
    pub at: u64,
    /// What the time means, in words.
    pub meaning: String,
    /// The lanes' names.
    pub lanes: Vec<String>,
    /// The ledger's cells.
    pub ledger: Rows,
    /// The octets' heading, if something is selected.
    pub octets: Vec<String>,
}

impl Page {
    /// The lane of this letter.
    ///
    /// # Errors
    /// If there is none.
    pub async fn lane(&self, letter: char) -> Result<Place> {
        self.get_like("region", &format!("Lane {letter}: ")).await
    }

    /// The names of all lanes.
    ///
    /// # Errors
    /// If the browser is gone.
    pub async fn lanes(&self) -> Result<Vec<String>> {
        let regions = self.names("region").await?;
        Ok(regions.into_iter().filter(|name| name.starts_with("Lane ")).collect())
    }

    /// The slider "Time": where it stands, in microseconds.
    ///
    /// # Errors
    /// If it is not there.
    pub async fn at(&self) -> Result<u64> {
        let value = self.get("slider", "Time").await?.property("value").await?;
        value.as_str().and_then(|value| value.parse().ok()).with_context(|| format!("Time stands at {value}"))
    }

    /// Whether the slider "Time" stands at its end, as near as its own grid lets it.
    ///
    /// # Errors
    /// If it is not there.
    pub async fn is_at_end(&self) -> Result<bool> {
        let slider = self.get("slider", "Time").await?;
        let number = |text: Option<String>| text.and_then(|text| text.parse::<u64>().ok());
        let max = number(slider.attribute("max").await?).context("Time has no max")?;
        let step = number(slider.attribute("step").await?).unwrap_or(1);
        Ok(self.at().await? + step >= max)
    }

    /// What the time means: `0.400 s: ...`.
    ///
    /// # Errors
    /// If the slider does not say.
    pub async fn meaning(&self) -> Result<String> {
        let meaning = self.get("slider", "Time").await?.attribute("aria-valuetext").await?;
        meaning.context("Time says nothing to those who hear it")
    }

    /// The time within the meaning, in milliseconds.
    ///
    /// # Errors
    /// If there is none.
    pub async fn moment(&self) -> Result<u64> {
        let meaning = self.meaning().await?;
        let time = meaning.split(':').next().unwrap_or_default();
        millis(time).with_context(|| format!("Time says {meaning:?}"))
    }

    /// Waits for the finished picture.
    ///
    /// # Errors
    /// If it never comes.
    pub async fn rest(&self) -> Result<()> {
        eventually("the finished picture at rest", || async { Ok((self.is_at_rest().await?).then_some(())) })
            .await
    }

    /// Whether the picture is finished and nothing moves.
    ///
    /// # Errors
    /// If the browser is gone.
    pub async fn is_at_rest(&self) -> Result<bool> {
        Ok(self.has("button", "Play").await? && self.is_at_end().await? && self.invites().await?)
    }

    /// Whether the visitor is invited to make the server speak.
    ///
    /// # Errors
    /// If the browser is gone.
    pub async fn invites(&self) -> Result<bool> {
        let paragraphs = self.names_or_texts("paragraph").await?;
        Ok(paragraphs.iter().any(|text| text == "Now make the server speak yourself."))
    }

    /// Every event of a lane, from all pages of its table, which is opened for that.
    ///
    /// # Errors
    /// If the table is not what it should be.
    pub async fn events(&self, letter: char) -> Result<Vec<EventRow>> {
        let lane = self.lane(letter).await?;
        if !lane.has("table", "Events").await? {
            lane.get_like("DisclosureTriangle", "Events (").await?.click().await?;
        }
        let table = lane.get("table", "Events").await?;
        let count = table.attribute("aria-rowcount").await?.and_then(|count| count.parse::<usize>().ok());
        let count = count.context("the table of events does not say how many rows it has")? - 1;
        while lane.has("button", "Earlier").await? {
            let earlier = lane.get("button", "Earlier").await?;
            if earlier.property("disabled").await? == true {
                break;
            }
            earlier.click().await?;
        }
        let mut rows: Rows = Vec::new();
        loop {
            let shown = table.rows().await?;
            let first = rows.len() + 2;
            let index = first_row(&table).await?;
            ensure!(shown.len() < 2 || index == first, "row {first} is said to be {index}");
            rows.extend(shown.into_iter().skip(1));
            if rows.len() >= count {
                break;
            }
            lane.press("Later").await?;
            becomes("the first row of the table's next page", rows.len() + 2, || first_row(&table)).await?;
        }
        ensure!(rows.len() == count, "the table of events says {count} rows and has {}", rows.len());
        rows.iter().map(|row| EventRow::read(row)).collect()
    }

    /// The ledger.
    ///
    /// # Errors
    /// If it is not what it should be.
    pub async fn ledger(&self) -> Result<Vec<LedgerRow>> {
        let rows = self.get("table", "Ledger").await?.rows().await?;
        LedgerRow::read_all(&rows)
    }

    /// The frame that is shown.
    ///
    /// # Errors
    /// If a part of it is missing.
    pub async fn frame(&self) -> Result<Frame> {
        let octets = self.get("region", "Octets").await?;
        Ok(Frame {
            at: self.at().await?,
            meaning: self.meaning().await?,
            lanes: self.lanes().await?,
            ledger: self.get("table", "Ledger").await?.rows().await?,
            octets: octets.names("heading").await?,
        })
    }

    /// Opens the knobs, if they are not open.
    ///
    /// # Errors
    /// If there are none.
    pub async fn open_knobs(&self) -> Result<()> {
        if !self.has("spinbutton", "Round trip").await? {
            self.get_like("button", "Scenario and network: ").await?.click().await?;
        }
        self.get("spinbutton", "Round trip").await.map(drop)
    }

    /// Presses "Run live" and waits until the series is over; answers what the page says went wrong.
    ///
    /// # Errors
    /// If it takes longer than `patience`.
    pub async fn run_live(&self, patience: Duration) -> Result<Option<String>> {
        self.press("Run live").await?;
        within(patience, "the end of the live run", || async {
            let told = self.has("table", "Live runs").await? || !self.names("alert").await?.is_empty();
            Ok((told && !self.has("button", "Stop the live run").await?).then_some(()))
        })
        .await?;
        let alerts = self.names_or_texts("alert").await?;
        Ok(alerts.into_iter().next())
    }

    /// Opens the fault lab.
    ///
    /// # Errors
    /// If there is none.
    pub async fn open_fault_lab(&self) -> Result<()> {
        self.get_like("DisclosureTriangle", "Fault lab").await?.click().await
    }

    /// Tries a fault, and waits until the table tells of it.
    ///
    /// # Errors
    /// If it never does.
    pub async fn try_fault(&self, name: &str) -> Result<Place> {
        self.choose("Fault", name).await?;
        self.press("Run this fault").await?;
        let table = self.get("table", "Fault lab").await?;
        let tried = "return arguments[0].tBodies[0].rows[0].cells[3].textContent !== '–'";
        within(Duration::from_secs(60), &format!("the end of “{name}”"), || async {
            Ok((table.ask(tried, ().into()).await? == true).then_some(()))
        })
        .await?;
        Ok(table)
    }

    /// Goes to the end.
    ///
    /// # Errors
    /// If the page does not go there.
    pub async fn to_end(&self) -> Result<()> {
        self.blur().await?;
        self.type_keys(Key::End + "").await?;
        becomes("that Time is at its end", true, || self.is_at_end()).await
    }

    /// The table "Live runs", row by row, as pairs of column and cell.
    ///
    /// # Errors
    /// If there is none.
    pub async fn live_runs(&self) -> Result<Vec<Vec<(String, String)>>> {
        let rows = self.get("table", "Live runs").await?.rows().await?;
        let (head, body) = rows.split_first().context("the table of live runs is empty")?;
        let pairs = |row: &Vec<String>| head.iter().cloned().zip(row.iter().cloned()).collect();
        Ok(body.iter().map(pairs).collect())
    }

    /// Stops playing and goes to the start.
    ///
    /// # Errors
    /// If the page does not go there.
    pub async fn to_start(&self) -> Result<()> {
        self.blur().await?;
        self.type_keys(Key::Home + "").await?;
        becomes("Time", 0, || self.at()).await
    }
}

impl Place {
    /// The names of things of a role, or their texts where they have no name of their own.
    ///
    /// # Errors
    /// If the browser is gone.
    pub async fn names_or_texts(&self, role: &str) -> Result<Vec<String>> {
        let mut texts = Vec::new();
        for place in self.all(role).await? {
            texts.push(place.text().await?);
        }
        Ok(texts)
    }

    /// A lane's counter, such as `octets` or `connections`.
    ///
    /// # Errors
    /// If it has none of that name.
    pub async fn counter(&self, name: &str) -> Result<String> {
        let terms = self.names_or_texts("term").await?;
        let values = self.names_or_texts("definition").await?;
        let pairs: Vec<_> = terms.into_iter().zip(values).collect();
        let found = pairs.iter().find(|(term, _)| term == name).map(|(_, value)| value.clone());
        found.with_context(|| format!("{} counts {pairs:?} and no {name}", self.words()))
    }
}

/// What place the first row of a page of a table has in the whole.
async fn first_row(table: &Place) -> Result<usize> {
    let index = table.ask("return arguments[0].tBodies[0].rows[0]?.ariaRowIndex", ().into()).await?;
    Ok(index.as_str().and_then(|index| index.parse().ok()).unwrap_or_default())
}
