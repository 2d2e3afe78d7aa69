//! Pure components: state in, markup out, actions back through callbacks. None of them touches the
//! window, the network or a clock.

pub mod act;
pub mod bar;
pub mod callout;
pub mod caption;
pub mod chat;
pub mod code;
pub mod compare;
pub mod embed;
pub mod events;
pub mod faults;
pub mod footer;
pub mod glossary;
pub mod handout;
pub mod help;
pub mod import;
pub mod inspector;
pub mod join;
pub mod knobs;
pub mod ladder;
pub mod lane;
pub mod ledger;
pub mod lens;
pub mod lessons;
pub mod live;
pub mod notes;
pub mod notice;
pub mod octets;
pub mod overlay;
pub mod own_tools;
pub mod panels;
pub mod picture;
pub mod player;
pub mod prediction;
pub mod present;
pub mod qr;
pub mod ruler;
pub mod same;
pub mod save;
pub mod series;
pub mod share;
pub mod sheet;
pub mod source;
pub mod speaker;
pub mod study;
pub mod svg;
pub mod teach;
pub mod tour;
mod typed;
pub mod ui;
pub mod witness;
pub mod workbench;

use yew::Callback;

use crate::state::Action;

/// How views report what the visitor did.
pub type Act = Callback<Action>;
