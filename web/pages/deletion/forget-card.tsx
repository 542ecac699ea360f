import { Box, Button, List, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, type AnswerOf } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { Card } from '../../parts/card.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { useWords } from '../../words/use-words.ts';
import { Forgotten } from './forgotten.tsx';

type Asked = AnswerOf<'POST /api/v1/erasures'>;

/** Deletes everything of a person, by their number. The number is nowhere but in its field, until it has been sent. */
export function ForgetCard() {
  const { forget: say } = useWords('deletion');
  const [asked, setAsked] = useState<Asked>();
  return (
    <Card title={say.title} about={say.about}>
      {asked === undefined ? (
        <Form onAsked={setAsked} />
      ) : (
        <Forgotten asked={asked} onAnother={() => setAsked(undefined)} />
      )}
    </Card>
  );
}

function Form({ onAsked }: { readonly onAsked: (asked: Asked) => void }) {
  const { forget: say } = useWords('deletion');
  const [number, setNumber] = useState('');
  const [isAsking, setAsking] = useState(false);
  const action = useAction(() => api('POST /api/v1/erasures', { body: { person: number.trim() } }), { done: onAsked });
  // What is no number is said at its field: the question before it is put away.
  const isMistaken = action.problem?.code === 'input-invalid';
  const isPlausible = number.replace(/\D/g, '').length >= 3;
  return (
    <>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          action.forget();
          if (isPlausible) setAsking(true);
        }}
      >
        <Stack gap="md" align="flex-start">
          <TextInput
            label={say.number}
            description={say.numberAbout}
            type="tel"
            autoComplete="off"
            maxLength={40}
            w={{ base: '100%', xs: 320 }}
            value={number}
            error={isMistaken && say.numberMistake}
            onChange={({ currentTarget }) => {
              action.forget();
              setAsking(false);
              setNumber(currentTarget.value);
            }}
          />
          <Button type="submit" color="red.9" disabled={!isPlausible}>
            {say.verb}
          </Button>
        </Stack>
      </form>
      <Confirm
        opened={isAsking && !isMistaken}
        onClose={() => setAsking(false)}
        title={say.confirm.title(number.trim())}
        verb={say.confirm.verb}
        action={action}
      >
        <WhatGoes />
      </Confirm>
    </>
  );
}

function WhatGoes() {
  const { confirm: say } = useWords('deletion').forget;
  return (
    <Box>
      {say.about}
      <List size="sm" my="xs" spacing={4}>
        {say.goes.map((one) => (
          <List.Item key={one}>{one}</List.Item>
        ))}
      </List>
      <Text size="sm" fw={600}>
        {say.afterwards}
      </Text>
      <Text size="sm" mt="xs">
        {say.elsewhere}
      </Text>
    </Box>
  );
}
