-- Requests to erase, what they found and their certificates are the proof of it: they stay when an organisation goes, so
-- nobody who serves needs to delete one, and nobody can.
revoke delete on app.erasures, app.erasure_targets from sotto_jobs;
