"""What the database refuses whoever asks: illegal moves of a build, changes to what was signed.

Each refusal carries a constraint name, so that the domain can say it in a sentence.
"""

import pgtrigger

# Each state with those a build may go to from there.
MOVES = {
    "draft": ("scheduled", "cancelled"),
    "scheduled": ("draft", "published", "cancelled"),
    "published": ("closed", "recalled"),
    "closed": ("awarded",),
    "awarded": (),
    "cancelled": ("draft",),
    "recalled": (),
}


def _refuse(constraint: str, message: str, *values: str) -> str:
    arguments = "".join(f", {value}" for value in values)
    return (
        f"RAISE EXCEPTION '{message}'{arguments}"
        f" USING ERRCODE = 'check_violation', CONSTRAINT = '{constraint}';"
    )


_PAIRS = ", ".join(f"('{old}', '{new}')" for old, news in MOVES.items() for new in news)

state_moves = pgtrigger.Trigger(
    name="build_state_moves",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func=f"""
        IF TG_OP = 'INSERT' THEN
            IF NEW.state <> 'draft' THEN
                {_refuse("build_state_moves", "a build begins as a draft, not as %", "NEW.state")}
            END IF;
        ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN ({_PAIRS}) THEN
            {_refuse("build_state_moves", "no build goes from % to %", "OLD.state", "NEW.state")}
        END IF;
        RETURN NEW;
    """,
)

change_list_complete = pgtrigger.Trigger(
    name="build_change_list_complete",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition("OLD.frozen_at IS NULL AND NEW.frozen_at IS NOT NULL"),
    func=f"""
        IF NOT EXISTS (SELECT FROM builds_feature WHERE build_id = NEW.id) OR EXISTS (
            SELECT FROM builds_feature AS feature
            LEFT JOIN builds_credit AS credit ON credit.feature_id = feature.id
            WHERE feature.build_id = NEW.id
            GROUP BY feature.id
            HAVING coalesce(sum(credit.share), 0) <> 1
        ) THEN
            {_refuse("build_change_list_complete", "not every change is signed in full")}
        END IF;
        RETURN NEW;
    """,  # noqa: S608 - constants of this module
)

_FOR_GOOD = (
    "product_id, number, version, slug, channel, release_on, publish_at, frozen_at, published_at,"
    " ballots_open_at, result_rule, requires_verified_install, requires_older_account"
)
_AFTER_THE_VOTE = "ballots_close_at, closed_at, extended_at"


def _row(record: str, columns: str) -> str:
    return "ROW(" + ", ".join(f"{record}.{column.strip()}" for column in columns.split(",")) + ")"


def _differ(columns: str) -> str:
    return f"{_row('OLD', columns)} IS DISTINCT FROM {_row('NEW', columns)}"


published_stands = pgtrigger.Trigger(
    name="build_published_stands",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    condition=pgtrigger.Condition("OLD.published_at IS NOT NULL"),
    func=f"""
        IF TG_OP = 'DELETE' THEN
            {_refuse("build_published_stands", "a published build stays")}
        ELSIF {_differ(_FOR_GOOD)} THEN
            {_refuse("build_published_stands", "what was published stays as it was")}
        ELSIF OLD.state <> 'published' AND {_differ(_AFTER_THE_VOTE)} THEN
            {_refuse("build_published_stands", "a window that ended stays as it was")}
        ELSIF OLD.extended_at IS NOT NULL AND NEW.extended_at IS DISTINCT FROM OLD.extended_at THEN
            {_refuse("build_published_stands", "a window is extended once")}
        END IF;
        RETURN NEW;
    """,
)

# FOR SHARE waits for a freeze under way and makes a later one wait: no credit slips in between.
_SIGNED = f"""
    IF EXISTS (
        SELECT FROM (SELECT frozen_at FROM builds_build WHERE id {{build}} FOR SHARE) AS build
        WHERE build.frozen_at IS NOT NULL
    ) THEN
        {_refuse("build_change_list_frozen", "the change list of this build is frozen")}
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""  # noqa: S608 - constants of this module
_EVERY_WRITE = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete

frozen_features = pgtrigger.Trigger(
    name="feature_frozen",
    when=pgtrigger.Before,
    operation=_EVERY_WRITE,
    func=f"""
        -- Where a change is talked about may change at any time.
        IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'topic_id' = to_jsonb(NEW) - 'topic_id' THEN
            RETURN NEW;
        END IF;
        {_SIGNED.format(build="IN (OLD.build_id, NEW.build_id)")}
    """,
)

frozen_credits = pgtrigger.Trigger(
    name="credit_frozen",
    when=pgtrigger.Before,
    operation=_EVERY_WRITE,
    func=_SIGNED.format(
        build="IN (SELECT build_id FROM builds_feature"
        " WHERE id IN (OLD.feature_id, NEW.feature_id))"
    ),
)

# Asked at the end of the transaction: rows come and go one by one.
shares_sum = pgtrigger.Trigger(
    name="productdevice_shares_sum",
    when=pgtrigger.After,
    operation=_EVERY_WRITE,
    timing=pgtrigger.Deferred,
    func=f"""
        IF (
            SELECT sum(share) FROM builds_productdevice
            WHERE product_id = coalesce(NEW.product_id, OLD.product_id)
        ) <> 1 THEN
            {_refuse("productdevice_shares_sum", "the shares of an installed base sum to 1")}
        END IF;
        RETURN NULL;
    """,  # noqa: S608 - constants of this module
)
