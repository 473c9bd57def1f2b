//! The team's end would let its members go. But it doesn't come, because of them.

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

    pub fn names(&self) -> Vec<Arc<str>> {
        let members = self.members.lock().unwrap();
        members.iter().map(|member| member.name.clone()).collect()
    }
}

impl Member {
    pub fn team(&self) -> Option<Arc<str>> {
        Some(self.team.name.clone())
    }
}

impl Drop for Team {
    fn drop(&mut self) {
        self.members.lock().unwrap().clear();
    }
}
