//! A team knows its members, and each member knows its team. When nobody has them
//! any more, all of them end, and so do their names.
//!
//! "Every evening the old teams are dropped, and every morning there is less memory.
//! There is no `forget` in my program, nor any `unsafe`. I thought that counting was
//! there so that I needn't think of this."

use std::sync::{Arc, Mutex};

pub struct Team {
    name: Arc<str>,
    members: Mutex<Vec<Arc<Member>>>,
}

pub struct Member {
    name: Arc<str>,
    team: Arc<Team>,
}

impl Team {
    pub fn new(name: Arc<str>) -> Arc<Team> {
        Arc::new(Team {
            name,
            members: Mutex::new(Vec::new()),
        })
    }

    pub fn join(self: &Arc<Team>, name: Arc<str>) -> Arc<Member> {
        let member = Arc::new(Member {
            name,
            team: self.clone(),
        });
        self.members.lock().unwrap().push(member.clone());
        member
    }

    /// The names of its members, of those at least that somebody has.
    pub fn names(&self) -> Vec<Arc<str>> {
        let members = self.members.lock().unwrap();
        members.iter().map(|member| member.name.clone()).collect()
    }
}

impl Member {
    /// The name of the team, if somebody has it still.
    pub fn team(&self) -> Option<Arc<str>> {
        Some(self.team.name.clone())
    }
}
