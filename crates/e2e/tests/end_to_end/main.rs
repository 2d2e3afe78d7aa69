//! A visitor's whole way, in a real browser before the companion: one program, so that its tests share what is
//! costly to start. `cargo xtask test` says where page, companion and browsers are, and which have their turn.

mod accessibility;
mod cards;
mod classroom;
mod companion_dies;
mod compare;
mod contrast;
mod embed;
mod everywhere;
mod faults;
mod first_look;
mod glossary;
mod hosting;
mod import;
mod join;
mod keyboard;
mod lessons;
mod live_chat;
mod live_echo;
mod live_elsewhere;
mod live_ways;
mod live_witness;
mod motion;
mod nonsense;
mod offline;
mod public_servers;
mod save;
mod states;
mod tour;
mod two_people;
mod workbench;
mod zoom;
