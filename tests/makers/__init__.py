"""What tests are made of: papers, archives, servers, and programs to run."""
