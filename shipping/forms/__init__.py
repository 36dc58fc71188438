from shipping.forms.accounts import CarrierForm, FreightAccountForm
from shipping.forms.rules import RuleForm, TryForm
from shipping.forms.terms import TermsForm

__all__ = ["CarrierForm", "FreightAccountForm", "RuleForm", "TermsForm", "TryForm"]
