//! The event model of Duplex, and everything that is computed from it.
//!
//! A [`Scenario`](scenario::Scenario) goes into [`sim::simulate`], which answers a
//! [`Trace`](trace::Trace): a sorted list of immutable events with up to four times each. A recorded
//! run is a `Trace` too. [`ledger`] counts it, [`compare`] sets several side by side, [`layout`] draws
//! it as plain shapes, [`caption`] tells it in words, [`lesson`] teaches with it, [`fragment`] writes the
//! scenario into a link.
//!
//! Absent on purpose: any browser type, any clock, any randomness but a seed, any floating-point
//! time. Read [`event::Event`] and [`trace::Trace`] first.

pub mod answer;
pub mod apart;
pub mod caption;
pub mod card;
pub mod chat;
pub mod compare;
pub mod decimal;
pub mod doctor;
pub mod event;
pub mod exhibit;
pub mod fragment;
pub mod glossary;
pub mod heads;
pub mod layout;
pub mod ledger;
pub mod lesson;
pub mod listing;
pub mod live;
pub mod order;
pub mod own_tools;
pub mod playhead;
pub mod predict;
pub mod progress;
pub mod question;
pub mod record;
pub mod retry;
pub mod scenario;
pub mod sim;
pub mod teaching;
pub mod trace;
pub mod trial;
pub mod workbench;
