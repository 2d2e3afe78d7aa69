//! Lets connections in, up to a number in all and a number from each address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::limits::{Limit, Limits};
use crate::metrics::Metrics;

/// Counts what is open. The main port and all lanes share one.
#[derive(Debug)]
pub(crate) struct Gate {
    most: usize,
    most_from_one: usize,
    open: Mutex<Open>,
    pub(crate) metrics: Arc<Metrics>,
}

#[derive(Debug, Default)]
struct Open {
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// One connection's place; dropping it frees the place.
#[derive(Debug)]
pub(crate) struct Permit {
    gate: Arc<Gate>,
    address: IpAddr,
}

impl Gate {
    pub(crate) fn new(limits: &Limits) -> Arc<Self> {
        Arc::new(Self {
            most: limits.connections,
            most_from_one: limits.address_connections,
            open: Mutex::default(),
            metrics: Arc::default(),
        })
    }

    /// A place for a connection from `address`, or which limit leaves none.
    pub(crate) fn admit(self: &Arc<Self>, address: IpAddr) -> Result<Permit, Limit> {
        let address = address.to_canonical();
        let mut open = self.lock();
        if open.all >= self.most {
            return Err(Limit::Connections);
        }
        let from_here = open.by_address.get(&address).copied().unwrap_or_default();
        if from_here >= self.most_from_one {
            return Err(Limit::AddressConnections);
        }
        open.by_address.insert(address, from_here + 1);
        open.all += 1;
        Ok(Permit { gate: Arc::clone(self), address })
    }

    /// How many connections are open.
    pub(crate) fn open(&self) -> usize {
        self.lock().all
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut open = self.gate.lock();
        open.all = open.all.saturating_sub(1);
        if let Some(from_here) = open.by_address.get_mut(&self.address) {
            *from_here = from_here.saturating_sub(1);
            if *from_here == 0 {
                open.by_address.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_all_and_from_one_address() {
        let gate = Gate::new(&Limits { connections: 3, address_connections: 2, ..Limits::default() });
        let ask = |address: &str| gate.admit(address.parse().expect("an address"));
        let first = ask("10.0.0.1").expect("room");
        let _second = ask("::ffff:10.0.0.1").expect("room for a second");
        assert_eq!(ask("10.0.0.1").expect_err("two are here"), Limit::AddressConnections);
        let third = ask("fd00::1").expect("another address");
        assert_eq!(ask("10.0.0.2").expect_err("three in all"), Limit::Connections);
        drop(first);
        drop(third);
        assert_eq!(gate.open(), 1);
        let _again = ask("10.0.0.1").expect("a place was freed");
        assert_eq!(gate.lock().by_address.len(), 1, "nothing is kept about those who left");
    }
}
