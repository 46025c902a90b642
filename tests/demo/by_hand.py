"""What the crawl of presses cannot do by itself, each with its reason or with the test that does it."""

# Buttons that the crawl cannot make do anything, by the name of their address.
NOTHING_TO_DO = {
    "placements:sign-up-places": "asks for postcodes, which stand on no page: tests/placements/test_from_sign_ups.py",
    "playbooks:part-create": "asks the kind first; the page after it writes: tests/playbooks",
    "playbooks:adopted-part-create": "asks the kind first; the page after it writes: tests/playbooks",
    "meetings:meeting-invite": "sends the people that were shown, of whom the crawl keeps one: tests/meetings",
    "partnerships:people-invite-many": "asks for names with addresses: tests/partnerships/test_colleagues.py",
    "agreements:agreement-subsidy": "the crawl presses what stands there already: tests/agreements/test_subsidy.py",
    "account_change_password": "asks for the password, which stands on no page: tests/accounts",
    "account_email": "mails a link and writes when that is opened: tests/accounts",
    "account_login": "asks for the password: tests/accounts",
    "account_logout": "ends the session, and that is all: tests/accounts",
    "account_reauthenticate": "asks for the password: tests/accounts",
    "accounts:erasure-ask": "asks for the password: tests/accounts",
    "accounts:verify": "asks for a file or a checksum: tests/accounts",
    "partnerships:erasure-detail": "asks for an account that is open: tests/accounts",
    "programmes:qualification-import": "asks for a file: tests/programmes",
    "partnerships:support-begin": "asks for a person by name or address: tests/partnerships",
    "set-language": "writes a cookie: tests/portal",
    "set-theme": "writes a cookie: tests/portal",
    "students:enrolment-import": "asks for a file: tests/students",
    "students:evidence-replace": "asks for a file: tests/students",
    "partnerships:coordination-letter-write": "shows who gets it; the page after it sends: tests/partnerships",
    "partnerships:document-create": "asks for a file: tests/partnerships/test_documents.py",
    "partnerships:document-renew": "asks for a file: tests/partnerships/test_documents.py",
    "meetings:group-rhythm": "asks for more days and numbers than the crawl makes up: tests/meetings/test_rhythms.py",
    "meetings:partnership-rhythm": "the same",
    "partnerships:people-end": "asks who owns an action line next: tests/partnerships",
    "meetings:paper-add": "asks for a file: tests/meetings/test_papers.py",
    "partnerships:coordination-sign-up-accept": "says what comes of it; the page after it accepts: tests/partnerships",
    "partnerships:location-merge": "shows what merging does; the page after it merges: tests/partnerships",
    "partnerships:person-merge": "shows what merging does; the page after it merges: tests/partnerships",
    "partnerships:organisation-merge": "shows what merging does; the page after it merges: tests/partnerships",
    "placements:slot-create": "a step keeps its answers in the session; the last one writes: tests/placements",
    "placements:slot-edit": "a step keeps its answers in the session; the last one writes: tests/placements",
}
# Forms that act on nothing which someone else can change meanwhile.
NEW = "makes something new"
SUPPORT = "one administrator and one person, within the hour of one act that is on record"
NOTHING_WAS_READ = {
    "placements:social-return-places": "counts what is there now, and once",
    "meetings:proposal-begin-not": "what was said stands as it was, and is taken back once",
    "playbooks:playbook-begin": NEW,
    "playbooks:part-create": NEW,
    "playbooks:lead-create": NEW,
    "playbooks:adoption-start": NEW,
    "playbooks:adopted-part-create": NEW,
    "playbooks:choice-undo": "a choice that was made never changes; the piece is looked at under the lock",
    "meetings:group-rhythm-plan": NEW,
    "meetings:partnership-rhythm-plan": NEW,
    "meetings:group-action-create": NEW,
    "meetings:group-meeting-create": NEW,
    "meetings:item-action": NEW,
    "meetings:item-create": NEW,
    "meetings:item-decide": NEW,
    "meetings:item-give": NEW,
    "meetings:item-needs": NEW,
    "meetings:item-proposal": NEW,
    "meetings:item-phase": NEW,
    "meetings:need-create": NEW,
    "programmes:cohort-request-create": NEW,
    "programmes:difference-create": NEW,
    "meetings:call-kick-off": NEW,
    "meetings:item-commission": NEW,
    "meetings:paper-add": NEW,
    "meetings:promise-give": NEW,
    "meetings:proposal-create": NEW,
    "meetings:partnership-action-create": NEW,
    "meetings:partnership-meeting-create": NEW,
    "meetings:item-move": "one place, beside whatever stands there; the button stays at its item",
    "meetings:item-remove": "refused once anything was written under it: tests/meetings",
    "meetings:meeting-attend": "says of everyone on the list whether one is there",
    "partnerships:coordination-result-correct": "a result stands as it was written, and is corrected once",
    "account_confirm_email": "opens a link that works once",
    "account_reset_password": "mails a link, and says the same whether it does",
    "accounts:personal-link": "opens a link",
    "accounts:personal-link-renew": "mails a new link",
    "account_reset_password_from_key": "sets a password, by a link that works once",
    "account_set_password": NEW,
    "accounts:erasure-ask": NEW,
    "accounts:verify": "writes nothing",
    "accounts:invitation": "an invitation stands as it was mailed; another one is another link",
    "accounts:invitation-renew": "mails a new link",
    "accounts:sign-up": NEW,
    "accounts:signing-code": "mails a code, or takes one that works once: tests/agreements",
    "accounts:sign-up-open": NEW,
    "agreements:signature-object": "a signature stands as it was written",
    "mfa_activate_totp": NEW,
    "mfa_add_webauthn": NEW,
    "mfa_authenticate": "signs in",
    "mfa_deactivate_totp": "one's own, and asks once more",
    "mfa_generate_recovery_codes": NEW,
    "mfa_reauthenticate": "signs in",
    "mfa_reauthenticate_webauthn": "signs in",
    "mfa_remove_webauthn": "one's own, and asks once more",
    "partnerships:indicator": NEW,
    "partnerships:funding-create": NEW,
    "partnerships:indicator-create": NEW,
    "partnerships:measurement-correct": "a measurement stands as it was written, and is corrected once",
    "partnerships:milestone-create": NEW,
    "partnerships:story-write": NEW,
    "partnerships:initiative-participate": NEW,
    "partnerships:initiative-partner-ask": NEW,
    "partnerships:initiative-partner-invite": NEW,
    "partnerships:initiative-proposal-create": NEW,
    "partnerships:join-request-ask": NEW,
    "partnerships:role-request-ask": NEW,
    "partnerships:support-address": SUPPORT,
    "partnerships:support-close": SUPPORT,
    "partnerships:support-end": SUPPORT,
    "partnerships:support-invite-again": SUPPORT,
    "partnerships:support-mail-again": SUPPORT,
    "partnerships:support-reopen": SUPPORT,
    "partnerships:support-second-step": SUPPORT,
    "partnerships:support-sign-out": SUPPORT,
    "usersessions_list": "ends one's own sessions",
    "partnerships:affiliation-add": NEW,
    "partnerships:organisation-contacts": NEW,
    "partnerships:own-card": "makes the first card; one that stands says what it was",
    "partnerships:coordination-contacts": NEW,
    "partnerships:call-sign-up": NEW,
    "partnerships:saved-search-ask": NEW,
    "partnerships:saved-search-confirm": "says yes from a mail; once more says the same",
    "partnerships:saved-search-end": "stops mails from a mail; once more says the same",
    "partnerships:coordination-action-line-create": NEW,
    "partnerships:document-create": NEW,
    "partnerships:social-return-add": NEW,
    "partnerships:social-return-create": NEW,
    "partnerships:coordination-letter-write": NEW,
    "partnerships:coordination-theme-create": NEW,
    "partnerships:coordination-call-create": NEW,
    "partnerships:coordination-cooperation-create": NEW,
    "partnerships:coordination-call-start-next": NEW,
    "partnerships:coordination-group-create": NEW,
    "partnerships:coordination-initiative-add-result": NEW,
    "partnerships:coordination-initiative-create": NEW,
    "partnerships:coordination-member-invite": NEW,
    "partnerships:coordination-seat-affiliate": NEW,
    "partnerships:coordination-seat-give": NEW,
    "partnerships:coordination-seat-newcomer": NEW,
    "partnerships:first-manager-invite": NEW,
    "partnerships:join-request-first-manager": NEW,
    "partnerships:location-create": NEW,
    "partnerships:people-invite": NEW,
    "partnerships:people-invite-many": NEW,
    "partnerships:people-take-on": NEW,
    "placements:accreditation-correct": "the newest check counts, and stands as it was written",
    "placements:accreditation-create": NEW,
    "placements:accreditation-create-national": NEW,
    "placements:slot-copy": NEW,
    "placements:slot-create": NEW,
    "placements:supervisor-create": NEW,
    "programmes:cohort-create": NEW,
    "programmes:programme-create": NEW,
    "programmes:session-create": NEW,
    "students:enrolment-create": NEW,
    "students:evidence-add": NEW,
    "students:goal-add": NEW,
    "students:opinion-take-back": "an opinion stands as it was given, and is taken back once",
    "students:plan-create": NEW,
    "students:plan-edit": "makes the first goals of a work process; those that stand say what they were",
    "students:remark-add": NEW,
    "students:remark-keep": "feedback stands as it was written",
    "students:remark-report": "feedback stands as it was written, and is reported once",
    "students:remark-take-away": "feedback stands as it was written, and is removed once",
    "students:remark-correct": "feedback stands as it was written, and is corrected once",
    "students:remark-take-back": "feedback stands as it was written, and is taken back once",
    "students:situation-add": NEW,
}
# Acts that the crawl does not find in every demo, each with the test that does it on a page that is old by then.
BY_HAND = {
    "playbooks:lead-close": ("playbooks/test_leads", "test_a_question_that_was_changed_meanwhile_stays"),
    "playbooks:lead-detail": ("playbooks/test_leads", "test_a_question_that_was_changed_meanwhile_stays"),
    "playbooks:lead-reopen": ("playbooks/test_leads", "test_a_question_that_was_changed_meanwhile_stays"),
    "playbooks:offer-accept": (
        "playbooks/test_offers",
        "test_an_improvement_that_was_changed_meanwhile_stays",
    ),
    "playbooks:offer-decline": (
        "playbooks/test_offers",
        "test_an_improvement_that_was_changed_meanwhile_stays",
    ),
    "meetings:item-result": (
        "meetings/test_rhythms",
        "test_b10_results_that_are_due_are_offered_for_the_agenda",
    ),
    "meetings:meeting-adopt": (
        "meetings/test_reports",
        "test_d08_the_next_meeting_adopts_the_report_in_one_press",
    ),
    "meetings:proposal-carry-out": (
        "meetings/test_proposals",
        "test_b04_a_student_hands_in_a_proposal_and_follows_what_is_done_with_it",
    ),
    "meetings:proposal-withdraw": (
        "meetings/test_proposals",
        "test_a_proposal_is_taken_back_until_someone_considers_it",
    ),
    "partnerships:document-take-back": ("partnerships/test_documents", "test_nothing_happens_on_an_old_page"),
    "programmes:cohort-discard": (
        "programmes/test_drafts",
        "test_cohort_goes_with_its_teachers_and_is_on_record",
    ),
    "programmes:cohort-request-take-back": (
        "programmes/test_cohort_requests",
        "test_a_school_declines_with_the_reason_and_takes_that_back",
    ),
    "meetings:action-take-back": (
        "meetings/test_old_pages",
        "test_an_action_is_put_back_by_the_act_that_was_read",
    ),
    "meetings:attendance-own": (
        "meetings/test_old_pages",
        "test_an_answer_by_link_is_given_to_what_was_read",
    ),
    "meetings:meeting-hold": (
        "meetings/test_old_pages",
        "test_a_meeting_that_changed_meanwhile_is_not_begun",
    ),
    "meetings:meeting-reopen": (
        "meetings/test_old_pages",
        "test_a_report_that_changed_meanwhile_is_not_opened",
    ),
    "meetings:need-change": (
        "meetings/test_old_pages",
        "test_a_need_that_changed_meanwhile_is_not_written_over",
    ),
    "meetings:proposal-change": (
        "meetings/test_proposals",
        "test_a_proposal_that_changed_meanwhile_is_not_written_over",
    ),
    "meetings:proposal-take-back": (
        "meetings/test_proposals",
        "test_a_step_is_taken_back_by_the_act_that_was_read",
    ),
    "meetings:need-take-back": (
        "meetings/test_old_pages",
        "test_a_need_is_opened_again_by_the_act_that_was_read",
    ),
    "accounts:mail-send-again": (
        "accounts/test_outgoing",
        "test_what_a_worker_did_meanwhile_is_not_written_over",
    ),
    "accounts:mail-send-all-again": (
        "accounts/test_outgoing",
        "test_all_of_one_reason_go_again_and_what_came_later_does_not",
    ),
    "accounts:mail-cancel": (
        "accounts/test_outgoing",
        "test_what_a_worker_did_meanwhile_is_not_written_over",
    ),
    "accounts:mail-restore": (
        "accounts/test_outgoing",
        "test_stopped_mail_goes_to_nobody_and_that_is_taken_back_for_a_day",
    ),
    **{
        f"students:evidence-{act}": ("students/test_reports", "test_evidence_that_changed_is_not_acted_on")
        for act in ("keep", "report", "take-away")
    },
    "students:situation-report": (
        "students/test_situations_reported",
        "test_text_that_changed_since_it_was_read_is_not_reported",
    ),
    "agreements:agreement-end": ("agreements/test_late", "test_agreement_is_ended_as_it_was_read"),
    **{
        f"{page}-{act}": (module, test)
        for page, module, test in (
            ("students:enrolment-import", "students/test_lists", "test_page_that_is_old_saves_nothing"),
            (
                "programmes:qualification-import",
                "programmes/test_qualification_lists",
                "test_what_changed_since_the_check_is_not_saved",
            ),
        )
        for act in ("batch", "commit", "undo")
    },
    "accounts:erasure-withdraw": (
        "accounts/test_erasure",
        "test_request_is_taken_back_on_the_own_page",
    ),
    "students:plan-ask": (
        "students/test_consent_read",
        "test_asking_is_about_the_texts_that_were_shown_and_twice_is_once",
    ),
    "agreements:agreement-subsidy": (
        "agreements/test_subsidy",
        "test_school_or_employer_marks_an_agreement_and_takes_it_back",
    ),
    "students:goal-answer": ("students/test_consent_read", "test_yes_to_a_text_of_another_plan_is_refused"),
    "students:plans-make": (
        "portal/test_bulk",
        "test_nothing_is_done_to_what_was_read_before_it_changed",
    ),
    "students:students-invite": (
        "portal/test_bulk",
        "test_nothing_is_done_to_what_was_read_before_it_changed",
    ),
    "placements:students-propose": (
        "portal/test_bulk",
        "test_nothing_is_done_to_what_was_read_before_it_changed",
    ),
    "placements:matches-accept": (
        "portal/test_bulk",
        "test_nothing_is_done_to_what_was_read_before_it_changed",
    ),
    "placements:slots-confirm": (
        "portal/test_bulk",
        "test_nothing_is_done_to_what_was_read_before_it_changed",
    ),
    "placements:slots-close": (
        "portal/test_bulk",
        "test_nothing_is_done_to_what_was_read_before_it_changed",
    ),
    "agreements:agreements-ask": (
        "portal/test_bulk",
        "test_text_that_changed_since_the_page_is_refused_and_the_others_are_asked",
    ),
    "agreements:agreements-sign": (
        "portal/test_bulk",
        "test_signature_goes_under_the_text_that_was_read",
    ),
    **{
        f"partnerships:initiative-partner-{act}": (
            "partnerships/test_initiative_partners",
            "test_page_that_is_old_does_nothing",
        )
        for act in ("accept", "decline", "withdraw", "leave")
    },
    "partnerships:support-merge": (
        "partnerships/test_merging_people",
        "test_administrator_makes_two_one_under_an_act_for_both",
    ),
    "partnerships:coordination-seat-take-back": (
        "partnerships/test_returns",
        "test_seat_that_ended_goes_on_when_there_is_room",
    ),
    "partnerships:role-request-withdraw": (
        "partnerships/test_late",
        "test_request_for_a_role_is_taken_back_as_it_was_read",
    ),
    "partnerships:sign-up-own": (
        "partnerships/test_sign_ups_own",
        "test_two_who_open_the_same_link_see_both_texts",
    ),
    "placements:supervisor-edit": (
        "placements/test_late",
        "test_supervisor_is_corrected_as_it_was_read",
    ),
    "placements:supervisor-gaps": (
        "placements/test_people_leaving",
        "test_gap_that_someone_filled_meanwhile_is_read_again",
    ),
    "partnerships:cooperation-sign": (
        "partnerships/test_cooperation",
        "test_manager_signs_what_was_read_for_the_own_organisation",
    ),
    "partnerships:coordination-cooperation-change": (
        "partnerships/test_cooperation",
        "test_two_tabs_on_a_draft_lose_nothing",
    ),
    "partnerships:coordination-cooperation-ask": (
        "partnerships/test_cooperation",
        "test_page_that_is_old_does_nothing",
    ),
    "partnerships:coordination-cooperation-discard": (
        "partnerships/test_cooperation",
        "test_draft_is_thrown_away_and_a_version_that_was_asked_is_not",
    ),
    "partnerships:location-reopen": ("partnerships/test_late", "test_location_goes_on_as_it_was_read"),
    "partnerships:coordination-close": ("partnerships/test_closings", "test_nothing_happens_on_an_old_page"),
    "partnerships:coordination-group-close": (
        "partnerships/test_closings",
        "test_nothing_happens_on_an_old_page",
    ),
    "partnerships:coordination-action-line-end": (
        "partnerships/test_action_lines",
        "test_nothing_happens_on_an_old_page",
    ),
    "partnerships:coordination-action-line-reopen": (
        "partnerships/test_action_lines",
        "test_nothing_happens_on_an_old_page",
    ),
    "partnerships:coordination-theme-end": (
        "partnerships/test_themes",
        "test_nothing_happens_on_an_old_page",
    ),
    "partnerships:coordination-theme-reopen": (
        "partnerships/test_themes",
        "test_nothing_happens_on_an_old_page",
    ),
    "partnerships:coordination-group-discard": (
        "partnerships/test_closings",
        "test_nothing_happens_on_an_old_page",
    ),
    "partnerships:coordination-call-close": (
        "partnerships/test_closings",
        "test_nothing_happens_on_an_old_page",
    ),
    "partnerships:coordination-call-discard": (
        "partnerships/test_closings",
        "test_nothing_happens_on_an_old_page",
    ),
    "partnerships:coordination-initiative-discard": (
        "partnerships/test_closings",
        "test_nothing_happens_on_an_old_page",
    ),
    "partnerships:coordination-group-reopen": (
        "partnerships/test_closings",
        "test_nothing_goes_on_from_an_old_page",
    ),
    "partnerships:coordination-reopen": (
        "partnerships/test_closings",
        "test_nothing_goes_on_from_an_old_page",
    ),
    "partnerships:coordination-call-reopen": (
        "partnerships/test_closings",
        "test_nothing_goes_on_from_an_old_page",
    ),
    "partnerships:coordination-affiliation-take-back": (
        "partnerships/test_closings",
        "test_nothing_goes_on_from_an_old_page",
    ),
    "partnerships:affiliation-end": (
        "partnerships/test_affiliations",
        "test_manager_ends_nothing_on_an_old_page",
    ),
    "partnerships:affiliation-take-back": (
        "partnerships/test_affiliations",
        "test_manager_ends_nothing_on_an_old_page",
    ),
    "students:goal-discard": ("students/test_drafts", "test_nothing_is_thrown_away_on_an_old_page"),
    "students:plan-discard": ("students/test_drafts", "test_nothing_is_thrown_away_on_an_old_page"),
    "placements:placement-restore": (
        "placements/test_late",
        "test_placement_ends_and_goes_on_as_it_was_read",
    ),
    "placements:slot-discard": ("placements/test_drafts", "test_nothing_is_thrown_away_on_an_old_page"),
    "agreements:agreement-ask": (
        "agreements/test_texts_views",
        "test_ask_of_a_text_that_changed_meanwhile_asks_nothing",
    ),
    "agreements:agreement-decline": (
        "agreements/test_agreements_signing_pages",
        "test_decline_says_why_and_is_only_for_who_signs",
    ),
    "agreements:agreement-end-undo": (
        "agreements/test_late",
        "test_end_is_taken_back_as_it_was_read",
    ),
    "agreements:agreement-follow-up": (
        "agreements/test_late",
        "test_next_agreement_is_made_as_it_was_read",
    ),
    "agreements:agreement-paper": (
        "agreements/test_agreements_paper",
        "test_paper_with_wrong_values_records_nothing",
    ),
    "agreements:agreement-sign": (
        "agreements/test_agreements_signing_pages",
        "test_sign_of_a_text_that_changed_meanwhile_shows_the_new_one",
    ),
    "agreements:agreement-withdraw": (
        "agreements/test_amendments_views",
        "test_withdraw_of_what_was_not_on_the_page_withdraws_nothing",
    ),
    "partnerships:coordination-affiliation-end": (
        "partnerships/test_late",
        "test_affiliation_ends_as_it_was_read",
    ),
    "partnerships:coordination-initiative-take-back": (
        "partnerships/test_coordination_initiatives",
        "test_step_that_was_not_on_the_page_is_not_taken_back",
    ),
    "partnerships:coordination-member-take-back": (
        "partnerships/test_late",
        "test_organisation_takes_part_again_as_it_was_read",
    ),
    "partnerships:coordination-seat-invite-again": (
        "partnerships/test_late",
        "test_seat_is_invited_again_as_it_was_read",
    ),
    "partnerships:coordination-sign-up-accept": (
        "partnerships/test_late",
        "test_sign_up_is_taken_in_after_the_page_that_says_what_comes_of_it",
    ),
    "partnerships:coordination-condition-settle": (
        "partnerships/test_sign_up_lines",
        "test_condition_that_was_settled_meanwhile_is_read_again",
    ),
    "partnerships:coordination-condition-take-back": (
        "partnerships/test_sign_up_lines",
        "test_condition_turns_firm_in_one_press_and_is_taken_back",
    ),
    "partnerships:coordination-sign-up-take-back": (
        "partnerships/test_late",
        "test_step_of_an_employer_that_was_not_on_the_page_stands",
    ),
    "partnerships:own-role-take-back": (
        "partnerships/test_late",
        "test_own_role_goes_on_as_it_was_read",
    ),
    "partnerships:people-invite-again": (
        "partnerships/test_late",
        "test_invitation_is_sent_again_and_withdrawn_as_it_was_read",
    ),
    "partnerships:people-invite-withdraw": (
        "partnerships/test_late",
        "test_invitation_is_sent_again_and_withdrawn_as_it_was_read",
    ),
    "partnerships:person-address": (
        "partnerships/test_late",
        "test_address_is_corrected_as_it_was_read_and_what_was_typed_stays",
    ),
    "placements:match-propose": (
        "placements/test_late",
        "test_pair_is_proposed_as_it_was_read_and_the_reason_stays",
    ),
    "placements:match-propose-cohort": (
        "placements/test_late",
        "test_pair_is_proposed_as_it_was_read_and_the_reason_stays",
    ),
    "placements:match-take-back": (
        "placements/test_late",
        "test_answer_that_was_not_on_the_page_stands",
    ),
    "placements:slot-reopen": (
        "placements/test_late",
        "test_place_is_put_online_again_as_it_was_read",
    ),
    "students:enrolment-admit": (
        "students/test_late",
        "test_waiting_student_is_admitted_as_it_was_read",
    ),
    "students:enrolment-invite": (
        "students/test_late",
        "test_invitation_goes_to_the_address_that_was_read",
    ),
    "students:enrolment-reinstate": (
        "students/test_late",
        "test_who_left_comes_back_as_it_was_read",
    ),
    "students:enrolment-return": (
        "students/test_late",
        "test_who_left_comes_back_as_it_was_read",
    ),
    "students:evidence-edit": (
        "students/test_evidence_edit",
        "test_second_writer_sees_both_texts",
    ),
    "students:evidence-remove": (
        "students/test_late",
        "test_evidence_is_removed_as_it_was_read",
    ),
    "students:evidence-replace": (
        "students/test_evidence_found",
        "test_file_that_was_replaced_meanwhile_is_not_replaced_unseen",
    ),
    "students:goal-begin": (
        "students/test_late",
        "test_goal_is_begun_and_handed_in_as_it_was_read",
    ),
    "students:goal-hand-in": (
        "students/test_late",
        "test_goal_is_begun_and_handed_in_as_it_was_read",
    ),
    "students:goal-correct": (
        "students/test_hand_ins",
        "test_correcting_what_was_corrected_meanwhile_is_refused",
    ),
    "students:goal-lapse": (
        "students/test_late",
        "test_goal_is_dropped_as_it_was_read_and_the_reason_stays",
    ),
    "students:goal-resume": (
        "students/test_late",
        "test_goal_is_taken_up_again_as_it_was_read",
    ),
    "students:opinion-add": (
        "students/test_opinions",
        "test_opinion_on_a_text_that_changed_meanwhile_is_refused_and_stays_typed",
    ),
    "students:plan-reopen": (
        "students/test_late",
        "test_plan_is_opened_again_as_it_was_read",
    ),
}
