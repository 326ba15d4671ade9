"""What the database does by itself, whoever writes."""

import pgtrigger

# Other words than those it was made of: nobody sees the old ones again.
signature_forgets = pgtrigger.Trigger(
    name="member_signature_forgets",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("signature"),
    condition=pgtrigger.Q(old__signature__df=pgtrigger.F("new__signature"))
    & pgtrigger.Q(old__signature_html=pgtrigger.F("new__signature_html")),
    func="NEW.signature_html = ''; NEW.signature_rules = 0; RETURN NEW;",
)
