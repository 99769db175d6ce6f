"""People in public roles, as the papers print them: names, attendance, offices. Nothing on residents."""
