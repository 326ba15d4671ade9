"""What a GET is answered with, role by role."""

# A status for each role, in this order: anonymous, member, engineer, moderator, a manager of
# another product, manager, admin. "L" is a redirect to the login page, "R" another redirect.
PUBLIC = "200 200 200 200 200 200 200"
MEMBERS = "L 200 200 200 200 200 200"
STUDIO = "L 404 404 404 200 200 200"
OWN_STUDIO = "L 404 404 404 404 200 200"
HIDDEN_STUDIO = "404 404 404 404 404 200 200"
# Moderators of a board, and admins.
DESK = "L 404 404 200 404 404 200"
ADMINS = "L 404 404 404 404 404 200"
POST_ONLY = "405 405 405 405 405 405 405"
POST_SIGNED_IN = "L 405 405 405 405 405 405"
NOBODYS = "L 404 404 404 404 404 404"
# The API: what members read, and what they write.
OWN_API = "401 200 200 200 200 200 200"
WRITES = "401 405 405 405 405 405 405"
API_DESK = "401 404 404 200 404 404 200"
AT_THE_DESK = "401 404 404 405 404 404 405"
OWN_SETTINGS = "401 404 404 404 404 200 200"
