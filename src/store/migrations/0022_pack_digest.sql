-- From here on a pack's digest is of its content as the database reads it (store/reference.ts), so that whoever changes what
-- a pack says is found by `xinheng verify`: the digest of every pack that came into force is in the ledger.
comment on column xinheng.pack.digest is 'sha256(content::text); of packs loaded before this migration of another writing of it';
