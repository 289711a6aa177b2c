"""What is one emoji: a pattern of those written with signs that are invisible alone.

A joiner, a selector or a tag means something only inside the sequences that Unicode recommends for interchange (UTS 51,
emoji 17); anywhere else it says nothing to a reader, and can mark a text. Flags of countries and bare skin tones are
made of visible signs and need no rule.
"""

_JOIN = "\u200d"
_SKIN = "[\U0001f3fb-\U0001f3ff]?"
_AS_EMOJI = "\ufe0f?"
_DRESSED = "[\U0001f3fb-\U0001f3ff\ufe0f]?"

_GROWN = "[👨👩🧑]"
_MOVING = "[🏃🚶🧎]"
_OF_A_GENDER = "[⛹🏃🏄🏊🏋🏌👮👯👰👱👳👷💁💂💆💇🕵🙅🙆🙇🙋🙍🙎🚣🚴🚵🚶🤦🤵🤷🤸🤹🤼🤽🤾🦸🦹🧍🧎🧏🧔🧖🧗🧘🧙🧚🧛🧜🧝🧞🧟]"
_AT_WORK = "[🌾🍳🍼🎄🎓🎤🎨🏫🏭💻💼🔧🔬🚀🚒🦰🦱🦲🦳🩰]"
_SEATED = "[🦯🦼🦽]"
_TEXT_BY_DEFAULT = (
    "[©®‼⁉™ℹ↔-↙↩-↪⌨⏏⏭-⏯⏱-⏲⏸-⏺Ⓜ▪-▫▶◀◻-◼☀-☄☎☑☘☝☠☢-☣☦☪☮-☯☸-☺♀♂♟-♠♣♥-♦♨♻♾⚒⚔-⚗⚙⚛-⚜⚠⚧⚰-⚱⛈⛏⛑⛓⛩⛰-⛱⛴⛷-⛹"
    "✂✈-✉✌-✍✏✒✔✖✝✡✳-✴❄❇❣-❤➡⤴-⤵⬅-⬇〰〽㊗㊙🅰-🅱🅾-🅿🈂🈷🌡🌤-🌬🌶🍽🎖-🎗🎙-🎛🎞-🎟🏋-🏎🏔-🏟🏳🏵🏷🐿👁📽🕉-🕊🕯-🕰🕳-🕹"
    "🖇🖊-🖍🖐🖥🖨🖱-🖲🖼🗂-🗄🗑-🗓🗜-🗞🗡🗣🗨🗯🗳🗺🛋🛍-🛏🛠-🛥🛩🛰🛳]"
)
_FLAGS_BY_TAGS = "|".join(
    "🏴" + "".join(chr(0xE0000 + ord(letter)) for letter in code) + "\U000e007f" for code in ("gbeng", "gbsct", "gbwls")
)
_ANIMALS_FACES_THINGS = (
    f"❤{_AS_EMOJI}{_JOIN}[🔥🩹]",
    f"🏳{_AS_EMOJI}{_JOIN}(?:🌈|⚧{_AS_EMOJI})",
    f"👁{_AS_EMOJI}{_JOIN}🗨{_AS_EMOJI}",
    f"⛓{_AS_EMOJI}{_JOIN}💥",
    f"🙂{_JOIN}[↔↕]{_AS_EMOJI}",
    f"[🏴]{_JOIN}☠{_AS_EMOJI}|😶{_JOIN}🌫{_AS_EMOJI}|🐻{_JOIN}❄{_AS_EMOJI}",
    f"😮{_JOIN}💨|😵{_JOIN}💫|🐕{_JOIN}🦺|🍋{_JOIN}🟩|🍄{_JOIN}🟫|🐈{_JOIN}⬛|🐦{_JOIN}[⬛🔥]",
)

WHOLE_EMOJI = "|".join((
    f"[0-9#*]{_AS_EMOJI}\u20e3",
    _FLAGS_BY_TAGS,
    f"{_GROWN}{_SKIN}{_JOIN}(?:❤{_AS_EMOJI}{_JOIN}(?:💋{_JOIN})?|[🤝🐰🫯]{_JOIN}){_GROWN}{_SKIN}",
    f"{_GROWN}(?:{_JOIN}{_GROWN})?(?:{_JOIN}[👦👧🧒]){{1,2}}",
    f"{_GROWN}{_SKIN}{_JOIN}(?:{_AT_WORK}|[⚕⚖✈]{_AS_EMOJI}|{_SEATED}(?:{_JOIN}➡{_AS_EMOJI})?)",
    f"{_MOVING}{_SKIN}(?:{_JOIN}[♀♂]{_AS_EMOJI})?{_JOIN}➡{_AS_EMOJI}",
    f"{_OF_A_GENDER}{_DRESSED}{_JOIN}[♀♂]{_AS_EMOJI}",
    f"🫱{_SKIN}{_JOIN}🫲{_SKIN}",
    *_ANIMALS_FACES_THINGS,
    f"{_TEXT_BY_DEFAULT}\ufe0f",
))  # fmt: skip
"""A pattern, longest first: an emoji that holds a joiner, a selector or tags."""
