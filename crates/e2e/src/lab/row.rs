//! Rows of the Lab's tables, read as a visitor reads them.

use anyhow::{Context, Result};

use crate::page::Rows;

/// One row of a lane's table "Events".
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EventRow {
    /// When it was sent, in milliseconds, if that was seen.
    pub sent: Option<u64>,
    /// When it was received, in milliseconds, if that was seen.
    pub received: Option<u64>,
    /// Whose direction.
    pub direction: String,
    /// Connection, counted from 1.
    pub connection: u32,
    /// What it is, in words.
    pub what: String,
    /// How large it is; 0 if nobody could see its head.
    pub octets: u64,
    /// Where it comes from.
    pub source: String,
}

/// One row of the ledger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LedgerRow {
    /// `A: HTTP/1.1, persistent`.
    pub lane: String,
    /// Octets of messages.
    pub messages: u64,
    /// Octets of heads and frames that were seen.
    pub framing: u64,
    /// HTTP requests.
    pub requests: u64,
    /// Messages delivered.
    pub delivered: u64,
}

impl EventRow {
    pub(super) fn read(row: &[String]) -> Result<Self> {
        let [sent, received, direction, connection, what, octets, source] = row else {
            anyhow::bail!("a row of events has other columns: {row:?}");
        };
        Ok(Self {
            sent: millis(sent),
            received: millis(received),
            direction: direction.clone(),
            connection: connection.parse().with_context(|| format!("the connection in {row:?}"))?,
            what: what.clone(),
            octets: if octets == "??" {
                0
            } else {
                count(octets).with_context(|| format!("the octets in {row:?}"))?
            },
            source: source.clone(),
        })
    }
}

impl LedgerRow {
    /// All rows but the head, by the columns that it names.
    pub(super) fn read_all(rows: &Rows) -> Result<Vec<Self>> {
        let head = rows.first().context("the ledger has no head")?;
        let column = |name: &str| {
            let found = head.iter().position(|known| known == name);
            found.with_context(|| format!("the ledger has no column {name:?}, only {head:?}"))
        };
        let names = ["Octets of messages", "of heads and frames", "Requests", "Delivered"];
        let columns = [column(names[0])?, column(names[1])?, column(names[2])?, column(names[3])?];
        let read = |row: &Vec<String>| {
            let [messages, framing, requests, delivered] =
                columns.map(|at| row.get(at).and_then(|text| count(text.trim_end_matches(" + ??"))));
            let lane = row.first().cloned();
            Some(Self {
                lane: lane?,
                messages: messages?,
                framing: framing?,
                requests: requests?,
                delivered: delivered?,
            })
        };
        rows.iter()
            .skip(1)
            .map(|row| read(row).with_context(|| format!("the ledger's row {row:?}")))
            .collect()
    }
}

/// `3,905` as a number.
pub fn count(text: &str) -> Option<u64> {
    text.replace(',', "").parse().ok()
}

/// `3.350 s` in milliseconds.
pub fn millis(text: &str) -> Option<u64> {
    let (whole, rest) = text.trim().strip_suffix(" s")?.split_once('.')?;
    Some(whole.parse::<u64>().ok()? * 1_000 + rest.parse::<u64>().ok()?)
}
