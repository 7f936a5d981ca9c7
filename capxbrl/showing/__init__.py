"""What a person sees of a value: in a notebook (`html`), on a terminal (`plain`), and the words of both (`phrases`)."""
